package io.coffer.type.connection;

/** Rules on single characters, which hold before any part is looked at. */
final class Syntax {

  static final int MAX_LENGTH = 2048;

  /** A string may hold a key file of 16 KiB, in base64 and percent-encoded. */
  private static final int MAX_WITH_KEY_FILE = 32_768;

  private static final String NEVER = "\\#\"<>^`{|}";
  private static final String BRACKETS = "()[]";

  private Syntax() {}

  /** Length, and printable ASCII without blanks; nothing is trimmed. */
  static void checkCharacters(String text) {
    int limit = text.startsWith("bigquery:") ? MAX_WITH_KEY_FILE : MAX_LENGTH;
    if (text.length() > limit) {
      throw new ConnectionRefusal(RefusalCode.TOO_LONG, "connection string");
    }
    if (!text.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
      throw new ConnectionRefusal(RefusalCode.CONTROL, "connection string");
    }
  }

  /** Characters that have no place in a URL, and on which readers of URLs differ. */
  static void refuseUnsafe(String text) {
    if (text.chars().anyMatch(c -> NEVER.indexOf(c) >= 0)) {
      throw new ConnectionRefusal(RefusalCode.SYNTAX, "connection string");
    }
  }

  /** Brackets have a meaning around an IPv6 address only. */
  static void refuseBrackets(String text, String part) {
    if (text.chars().anyMatch(c -> BRACKETS.indexOf(c) >= 0)) {
      throw new ConnectionRefusal(RefusalCode.SYNTAX, part);
    }
  }
}
