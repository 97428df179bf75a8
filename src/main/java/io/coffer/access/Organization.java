package io.coffer.access;

import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A tenant.
 *
 * @param id its id
 * @param number its id for clients that know only integers
 * @param slug its short name in tokens and headers
 * @param name its name for people
 */
public record Organization(UUID id, long number, String slug, String name) {

  private static final Pattern SLUG = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

  /**
   * The slug that a text in any case means. Letters of ASCII alone are put into lower case: others
   * may become one of these, and name an organization that the text does not.
   */
  static String toSlug(String text) {
    StringBuilder slug = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      slug.append(c >= 'A' && c <= 'Z' ? (char) (c - 'A' + 'a') : c);
    }
    return slug.toString();
  }

  /** Whether the text can be a slug. */
  public static boolean isSlug(String text) {
    return SLUG.matcher(text).matches();
  }

  static void requireSlug(String text) {
    if (!isSlug(text)) {
      throw new IllegalStateException(
          "coffer.identity.issuers: '" + text + "' is no organization's slug: " + SLUG.pattern());
    }
  }
}
