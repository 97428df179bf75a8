package io.coffer.type;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The rules between fields that hold at every moment. */
final class StructureRules {

  private final TypeDefinition type;
  private final Set<String> present;
  private final Function<String, Optional<String>> texts;
  private final List<Violation> violations = new ArrayList<>();

  private StructureRules(
      TypeDefinition type, Set<String> present, Function<String, Optional<String>> texts) {
    this.type = type;
    this.present = present;
    this.texts = texts;
  }

  /** What is broken, given the ids that are set and a way to read the text of one of them. */
  static List<Violation> violations(
      TypeDefinition type, Set<String> present, Function<String, Optional<String>> texts) {
    StructureRules rules = new StructureRules(type, present, texts);
    rules.dependencies();
    rules.exclusive();
    type.rules().structure().passphrase().forEach(rules::passphrase);
    return rules.violations;
  }

  private void dependencies() {
    type.rules()
        .structure()
        .dependencies()
        .forEach(
            (id, needed) -> {
              if (present.contains(id)) {
                needed.stream()
                    .filter(other -> !present.contains(other))
                    .forEach(
                        other ->
                            broken(id, FieldRule.DEPENDENCY, "cannot be set without " + other));
              }
            });
  }

  private void exclusive() {
    for (List<String> group : type.rules().structure().exclusive()) {
      List<String> set = group.stream().filter(present::contains).toList();
      if (set.size() > 1) {
        String message = "only one of these may be set: " + String.join(", ", group);
        set.forEach(id -> broken(id, FieldRule.EXCLUSIVE, message));
      }
    }
  }

  private void passphrase(Rules.Passphrase rule) {
    // A key left to the moment of use stands as ASK, which is no key to look into.
    Optional<String> key = texts.apply(rule.key()).filter(KeyWrapping::isKey);
    if (key.isEmpty()) {
      return;
    }
    boolean encrypted = KeyWrapping.isEncrypted(key.get());
    boolean unlocks = present.contains(rule.passphrase());
    if (encrypted && !unlocks) {
      broken(
          rule.passphrase(),
          FieldRule.PASSPHRASE_MISSING,
          "must be set when " + rule.key() + " is encrypted");
    } else if (!encrypted && unlocks) {
      broken(
          rule.passphrase(),
          FieldRule.PASSPHRASE_NEEDLESS,
          "must not be set when " + rule.key() + " is not encrypted");
    }
  }

  private void broken(String field, FieldRule rule, String message) {
    violations.add(Violation.of(field, rule, message));
  }
}
