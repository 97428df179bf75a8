package io.coffer.type.format;

import java.util.Optional;

/** How formats word their refusals. */
final class Rules {

  private Rules() {}

  static final Optional<String> KEPT = Optional.empty();

  static Optional<String> broken(String rule) {
    return Optional.of(rule);
  }

  /** Kept if the condition holds, else the rule. */
  static Optional<String> require(boolean kept, String rule) {
    return kept ? KEPT : Optional.of(rule);
  }

  static Optional<String> tooLong(int limit) {
    return Optional.of("must be at most " + limit + " characters");
  }

  /** Whether the text has a control character, a line break among them. */
  static boolean hasControl(String value) {
    return value.chars().anyMatch(Character::isISOControl);
  }
}
