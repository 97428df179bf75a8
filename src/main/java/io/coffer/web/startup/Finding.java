package io.coffer.web.startup;

import org.jspecify.annotations.Nullable;

/**
 * One reason not to start.
 *
 * @param property the setting at fault
 * @param problem what is wrong with it, without its value
 * @param mend what to set instead
 * @param allow the switch that lets it pass; null if nothing does
 */
record Finding(String property, String problem, String mend, @Nullable String allow) {

  /** One line for the operator. */
  String line() {
    String line = property + ": " + problem + ". " + mend + ".";
    return allow == null ? line : line + " To allow it all the same, set " + allow + "=true.";
  }
}
