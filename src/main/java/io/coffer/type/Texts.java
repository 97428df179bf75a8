package io.coffer.type;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Pattern;

/** Questions about texts that callers sent. */
final class Texts {

  /** A secret that went into the place of an id has more digits, or signs: it is not repeated. */
  private static final Pattern PLAIN_ID = Pattern.compile("[A-Za-z_]{1,40}[0-9]{0,2}");

  private Texts() {}

  /** Whether the text is whole Unicode and free of U+0000, which no database or process takes. */
  static boolean isStorable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return false;
      }
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  /** Whether the text has a control character other than a tab. */
  static boolean hasControl(String text) {
    return text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\t');
  }

  /** A digest that changes when the bytes do, in URL-safe characters. */
  static String digest(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(bytes));
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** The id as it may be repeated to the caller: what is no plain id might be a value. */
  static String shownId(String id) {
    return PLAIN_ID.matcher(id).matches() ? id : "(a name that is not repeated)";
  }
}
