package io.coffer.type;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a credential of a type must have to be of use. */
final class CompletenessRules {

  private CompletenessRules() {}

  static List<Violation> violations(TypeDefinition type, Set<String> present) {
    List<Violation> violations = new ArrayList<>();
    Rules.Completeness rules = type.rules().completeness();
    for (String id : rules.required()) {
      if (!present.contains(id) && !hasDefault(type, id)) {
        violations.add(Violation.of(id, FieldRule.REQUIRED, "is required"));
      }
    }
    List<List<String>> groups = rules.oneOf();
    if (!groups.isEmpty() && groups.stream().noneMatch(group -> complete(type, group, present))) {
      String message = "one of these is needed as a whole: " + words(groups);
      nearest(type, groups, present)
          .forEach(id -> violations.add(Violation.of(id, FieldRule.ONE_OF, message)));
    }
    return violations;
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
