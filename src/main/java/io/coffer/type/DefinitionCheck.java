package io.coffer.type;

import io.coffer.type.format.Formats;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds what a JSON Schema cannot: references to nowhere, and parts that contradict each other. */
final class DefinitionCheck {

  private final TypeDefinition type;
  private final Set<String> ids;
  private final List<String> problems = new ArrayList<>();

  private DefinitionCheck(TypeDefinition type) {
    this.type = type;
    this.ids = type.fields().stream().map(FieldDefinition::id).collect(Collectors.toSet());
  }

  /** What is wrong with the definition, one sentence each; empty if nothing is. */
  static List<String> problems(TypeDefinition type) {
    DefinitionCheck check = new DefinitionCheck(type);
    check.uniqueIds(type.fields());
    check.uniqueIds(type.metadata());
    type.fields().forEach(check::field);
    check.references();
    check.main();
    check.problems.addAll(ProbeCheck.problems(type));
    return List.copyOf(check.problems);
  }

  private void uniqueIds(List<FieldDefinition> fields) {
    Set<String> seen = new HashSet<>();
    for (FieldDefinition field : fields) {
      if (!seen.add(field.id())) {
        problems.add("the field " + field.id() + " stands twice");
      }
    }
  }

  private void field(FieldDefinition field) {
    if (field.pattern() != null && !Patterns.isPattern(field.pattern())) {
      problems.add("the pattern of " + field.id() + " does not compile");
    }
    if (field.defaultValue() != null && !defaultFits(field, field.defaultValue())) {
      problems.add("the default of " + field.id() + " is not of its kind");
    }
    if (field.computed() != null && source(field) == null) {
      problems.add("nothing says what " + field.id() + " is computed from");
    }
    if (field.format() != null && Formats.find(field.format()).isEmpty()) {
      problems.add("the format of " + field.id() + " is not known");
    }
    if (field.format() != null && !field.kind().isText()) {
      problems.add("only a text can have a format, and " + field.id() + " is none");
    }
  }

  private static boolean defaultFits(FieldDefinition field, Object value) {
    return switch (field.kind()) {
      case STRING, TEXT -> value instanceof String;
      case CHOICE -> field.choices().contains(value);
      case BOOLEAN -> value instanceof Boolean;
      case INTEGER -> value instanceof Integer || value instanceof Long;
      case LIST, MAP -> false;
    };
  }

  private @Nullable FieldDefinition source(FieldDefinition field) {
    return type.fields().stream()
        .filter(
            other ->
                field.from() == null
                    ? "card_number".equals(other.format())
                    : other.id().equals(field.from()))
        .findFirst()
        .orElse(null);
  }

  private void references() {
    Rules.Structure structure = type.rules().structure();
    known("dependencies", structure.dependencies().keySet());
    structure.dependencies().values().forEach(needed -> known("dependencies", needed));
    structure.exclusive().forEach(group -> known("exclusive", group));
    structure.byChoice().forEach(this::fieldsByChoice);
    structure.narrowed().forEach(this::narrowed);
    structure
        .passphrase()
        .forEach(rule -> known("passphrase", List.of(rule.key(), rule.passphrase())));
    known("required", type.rules().completeness().required());
    type.rules().completeness().oneOf().forEach(group -> known("one_of", group));
    type.rules().completeness().byChoice().forEach(this::choices);
    known("env", type.env().values().stream().filter(value -> !value.contains("{{")).toList());
    known("dialect_field", Arrays.asList(type.dialectField()));
    for (HeaderRule header : type.header()) {
      known("header", Arrays.asList(header.field(), header.user(), header.password()));
      known("header", Arrays.asList(header.nameField(), header.schemeField()));
      known("header", header.also().values());
    }
    known("file", Stream.ofNullable(type.file()).map(FileRule::field).toList());
    known("file", Stream.ofNullable(type.file()).map(FileRule::nameField).toList());
  }

  private void fieldsByChoice(String id, Map<String, List<String>> allowed) {
    choosing("by_choice", id, allowed.keySet());
    allowed.values().forEach(fields -> known("by_choice", fields));
  }

  private void narrowed(String id, Map<String, Map<String, List<String>>> choices) {
    choosing("narrowed", id, choices.keySet());
    choices
        .values()
        .forEach(fields -> fields.forEach((other, left) -> choosing("narrowed", other, left)));
  }

  private void choosing(String where, String id, Collection<String> used) {
    known(where, List.of(id));
    List<String> choices = type.field(id).map(FieldDefinition::choices).orElse(List.of());
    if (!choices.containsAll(used)) {
      problems.add(where + " names a choice that " + id + " does not have");
    }
  }

  private void choices(String id, Map<String, List<List<String>>> needed) {
    choosing("by_choice", id, needed.keySet());
    needed.values().stream().flatMap(List::stream).forEach(group -> known("by_choice", group));
  }

  private void known(String where, Collection<? extends @Nullable String> used) {
    for (String id : used) {
      if (id != null && !ids.contains(id)) {
        problems.add(where + " names the field " + id + ", which the type does not have");
      }
    }
  }

  private void main() {
    known("main", List.copyOf(type.main()));
    if (type.value().contains(ValueForm.FIELD) && type.main().isEmpty()) {
      problems.add("value: field needs main");
    }
  }
}
