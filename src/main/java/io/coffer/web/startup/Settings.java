package io.coffer.web.startup;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The configuration as the checks see it. */
interface Settings {

  /** The value, with expressions resolved; empty if it is not set or blank. */
  Optional<String> find(String property);

  /**
   * The names of all properties that any source has; those from the environment as the variables
   * are spelt, once.
   */
  Set<String> names();

  /** The environment variable that stands for a property. */
  static String variable(String property) {
    return property.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }

  default boolean isTrue(String property) {
    return find(property).filter(value -> value.trim().equalsIgnoreCase("true")).isPresent();
  }
}
