package io.coffer.type;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a credential of a type must have to be of use. */
final class CompletenessRules {

  private CompletenessRules() {}

  /**
   * What is missing.
   *
   * @param present the ids of the fields that are set
   * @param plain the plain fields, which say what further ones are needed
   */
  static List<Violation> violations(
      TypeDefinition type, Set<String> present, Map<String, Object> plain) {
    List<Violation> violations = new ArrayList<>();
    Rules.Completeness rules = type.rules().completeness();
    for (String id : rules.required()) {
      if (!present.contains(id) && !hasDefault(type, id)) {
        violations.add(Violation.of(id, FieldRule.REQUIRED, "is required"));
      }
    }
    violations.addAll(ofGroups(type, rules.oneOf(), present, ""));
    rules
        .byChoice()
        .forEach(
            (field, choices) -> {
              // Of a closed list, so that it may be repeated.
              String choice = String.valueOf(new ChoiceRules(type, plain).choice(field));
              violations.addAll(
                  ofGroups(
                      type,
                      choices.getOrDefault(choice, List.of()),
                      present,
                      " where " + field + " is " + choice));
            });
    return violations;
  }

  private static List<Violation> ofGroups(
      TypeDefinition type, List<List<String>> groups, Set<String> present, String where) {
    if (groups.isEmpty() || groups.stream().anyMatch(group -> complete(type, group, present))) {
      return List.of();
    }
    boolean only = groups.size() == 1;
    FieldRule rule = only ? FieldRule.REQUIRED : FieldRule.ONE_OF;
    String message =
        only
            ? "is required" + where
            : "one of these is needed as a whole" + where + ": " + words(groups);
    return nearest(type, groups, present).stream()
        .map(id -> Violation.of(id, rule, message))
        .toList();
  }

  /** The missing fields of the group that lacks fewest: what the caller most likely meant. */
  private static List<String> nearest(
      TypeDefinition type, List<List<String>> groups, Set<String> present) {
    List<String> nearest = missing(type, groups.getFirst(), present);
    for (List<String> group : groups) {
      List<String> missing = missing(type, group, present);
      boolean begun = missing.size() < group.size();
      if (begun && missing.size() < nearest.size()) {
        nearest = missing;
      }
    }
    return nearest;
  }

  private static boolean complete(TypeDefinition type, List<String> group, Set<String> present) {
    return missing(type, group, present).isEmpty();
  }

  private static List<String> missing(
      TypeDefinition type, List<String> group, Set<String> present) {
    return group.stream().filter(id -> !present.contains(id) && !hasDefault(type, id)).toList();
  }

  private static boolean hasDefault(TypeDefinition type, String id) {
    return type.field(id).map(FieldDefinition::defaultValue).isPresent();
  }

  private static String words(List<List<String>> groups) {
    return String.join("; ", groups.stream().map(group -> String.join(" and ", group)).toList());
  }
}
