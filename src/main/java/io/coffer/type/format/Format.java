package io.coffer.type.format;

import java.util.Optional;

/**
 * A rule that the text of a field keeps. Implementations have no state, cost at most time linear in
 * the text (or a stated bound), and never look anything up.
 */
@FunctionalInterface
public interface Format {

  /**
   * Checks a text.
   *
   * @return the rule that is broken, in words fit for a form and free of any part of the text;
   *     empty if the text keeps the format
   */
  Optional<String> check(String value);

  /**
   * The form in which a text that passed {@link #check} is stored; the text itself where the format
   * has one spelling only.
   */
  default String normalize(String value) {
    return value;
  }
}
