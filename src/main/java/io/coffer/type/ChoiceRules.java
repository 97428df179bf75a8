package io.coffer.type;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the choice of one field says of the others: which may stand beside it, and set to what. */
final class ChoiceRules {

  private final TypeDefinition type;
  private final Map<String, Object> plain;

  /**
   * The rules of a type for one credential of it.
   *
   * @param plain its plain fields, the choosing ones among them
   */
  ChoiceRules(TypeDefinition type, Map<String, Object> plain) {
    this.type = type;
    this.plain = plain;
  }

  /** Whether a field may be set beside what the choosing fields are set to. */
  boolean fits(String id) {
    return misfit(id).isEmpty();
  }

  /** The choosing field that leaves no room for another one. */
  private Optional<String> misfit(String id) {
    return type.rules().structure().byChoice().entrySet().stream()
        .filter(rule -> isOfAnother(rule.getValue(), choice(rule.getKey()), id))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static boolean isOfAnother(
      Map<String, List<String>> choices, @Nullable String chosen, String id) {
    return chosen != null
        && choices.values().stream().anyMatch(fields -> fields.contains(id))
        && !choices.getOrDefault(chosen, List.of()).contains(id);
  }

  /** What a choosing field is set to, or its default; null if it is open. */
  @Nullable String choice(String field) {
    Object value = plain.get(field);
    Object chosen =
        value != null ? value : type.field(field).map(FieldDefinition::defaultValue).orElse(null);
    return chosen == null ? null : chosen.toString();
  }

  /**
   * What is broken.
   *
   * @param present the ids of all fields that are set
   * @param kept whether a field was stored before and not sent now, so that the caller may not
   *     think of it
   */
  List<Violation> violations(Set<String> present, Predicate<String> kept) {
    List<Violation> violations = new ArrayList<>();
    for (String id : present) {
      misfit(id)
          .ifPresent(
              field ->
                  violations.add(
                      Violation.of(id, FieldRule.NOT_FOR_CHOICE, words(field, id, kept.test(id)))));
    }
    type.rules()
        .structure()
        .narrowed()
        .forEach((field, choices) -> narrowed(field, choices, kept, violations));
    return violations;
  }

  /**
   * All of it stands in the type: the choices are of closed lists, so that they may be repeated.
   */
  private String words(String field, String id, boolean kept) {
    List<String> others =
        type.rules().structure().byChoice().getOrDefault(field, Map.of()).entrySet().stream()
            .filter(choice -> choice.getValue().contains(id))
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    String words =
        "cannot be set where %s is %s, only where it is %s"
            .formatted(field, choice(field), either(others));
    return kept ? words + "; it is still stored, send null for it to remove it" : words;
  }

  private void narrowed(
      String field,
      Map<String, Map<String, List<String>>> choices,
      Predicate<String> kept,
      List<Violation> violations) {
    String chosen = choice(field);
    if (chosen == null) {
      return;
    }
    choices
        .getOrDefault(chosen, Map.of())
        .forEach(
            (id, allowed) -> {
              Object value = plain.get(id);
              if (value != null && !allowed.contains(value.toString())) {
                String words =
                    "must be %s where %s is %s".formatted(either(allowed), field, chosen);
                violations.add(
                    Violation.of(
                        id,
                        FieldRule.NOT_FOR_CHOICE,
                        kept.test(id) ? words + "; what is still stored is not" : words));
              }
            });
  }

  private static String either(Collection<String> words) {
    return String.join(" or ", words);
  }
}
