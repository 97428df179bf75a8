package io.coffer.type.connection;

import java.util.regex.Pattern;

/** Names of databases, schemas and the like. */
public final class DatabaseName {

  public static final int MAX_LENGTH = 128;

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_$.-]{1,127}");
  private static final String ALSO_ALLOWED = "_$.-+@~! ";

  private DatabaseName() {}

  /**
   * Whether a database of that dialect may be called so. Where the name ends up inside a URL that a
   * driver takes apart, only plain ASCII names are taken; elsewhere letters of any script and inner
   * blanks too, but nothing that some URL or driver gives a meaning to.
   */
  public static boolean isName(Dialect dialect, String text) {
    return dialect == Dialect.REDSHIFT ? isPlain(text) : isName(text);
  }

  static boolean isName(String text) {
    return !text.isEmpty()
        && text.length() <= MAX_LENGTH
        && !isDots(text)
        && text.charAt(0) != ' '
        && text.charAt(text.length() - 1) != ' '
        && text.codePoints().allMatch(DatabaseName::mayStand);
  }

  private static boolean isPlain(String text) {
    return text.length() <= MAX_LENGTH && !isDots(text) && PLAIN.matcher(text).matches();
  }

  /** A dot segment would be dropped, with what stands before it, by readers of RFC 3986. */
  private static boolean isDots(String text) {
    return text.equals(".") || text.equals("..");
  }

  private static boolean mayStand(int c) {
    int type = Character.getType(c);
    return Character.isLetterOrDigit(c)
        || type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || ALSO_ALLOWED.indexOf(c) >= 0;
  }
}
