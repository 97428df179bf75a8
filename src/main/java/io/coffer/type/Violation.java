package io.coffer.type;

import org.jspecify.annotations.Nullable;

/**
 * A rule that a field breaks, told without the value.
 *
 * @param field the field's id; an id that the type does not know stands here shortened to plain
 *     characters, since it is the caller's text
 * @param rule which rule
 * @param message the rule as a sentence for a form
 * @param limit the number in the rule, in the rule's unit; null if it has none
 */
public record Violation(String field, FieldRule rule, String message, @Nullable Long limit) {

  static Violation of(String field, FieldRule rule, String message) {
    return new Violation(field, rule, message, null);
  }

  boolean isMissing() {
    return rule == FieldRule.REQUIRED || rule == FieldRule.ONE_OF;
  }

  Violation hinted(String hint) {
    return new Violation(field, rule, message + hint, limit);
  }

  Violation at(String place) {
    return new Violation(place, rule, message, limit);
  }

  static Violation limited(String field, FieldRule rule, String message, long limit) {
    return new Violation(field, rule, message, limit);
  }
}
