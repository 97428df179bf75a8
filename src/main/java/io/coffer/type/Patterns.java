package io.coffer.type;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/** The patterns of packs and custom types, matched in linear time whatever they say. */
final class Patterns {

  private Patterns() {}

  /** Whether the text begins with a match; a pattern for the whole text ends in {@code $}. */
  static boolean matches(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).lookingAt();
  }

  static boolean isPattern(String pattern) {
    try {
      return Pattern.compile(pattern).pattern().equals(pattern);
    } catch (PatternSyntaxException e) {
      return false;
    }
  }
}
