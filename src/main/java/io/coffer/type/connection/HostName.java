package io.coffer.type.connection;

import java.util.Locale;

/**
 * A host name of LDH labels (RFC 1123), in lower case.
 *
 * @param text labels of 1 to 63 letters, digits and inner hyphens, 253 characters in all, no dot at
 *     the end; of several labels the last one begins with a letter
 */
public record HostName(String text) implements Host {

  private static final int MAX_LENGTH = 253;
  private static final int MAX_LABEL = 63;

  /**
   * Checks the name.
   *
   * @throws ConnectionRefusal with {@code host} or {@code multi_host}
   */
  public HostName {
    if (text.indexOf(',') >= 0) {
      throw new ConnectionRefusal(RefusalCode.MULTI_HOST, "host");
    }
    if (!isName(text) || looksNumeric(text)) {
      throw new ConnectionRefusal(RefusalCode.HOST, "host");
    }
    text = text.toLowerCase(Locale.ROOT);
  }

  static HostName of(String text) {
    return new HostName(text);
  }

  @Override
  public String uriText() {
    return text;
  }

  /** Whether some library would read the text as a number: its last label is all digits or hex. */
  static boolean looksNumeric(String text) {
    if (!text.chars().allMatch(c -> isLetter(c) || (c >= '0' && c <= '9') || c == '.')) {
      return false;
    }
    String last = text.substring(text.lastIndexOf('.') + 1);
    return (!last.isEmpty() && last.chars().allMatch(c -> c >= '0' && c <= '9'))
        || last.startsWith("0x")
        || last.startsWith("0X");
  }

  private static boolean isName(String text) {
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      return false;
    }
    String[] labels = text.split("\\.", -1);
    for (String label : labels) {
      if (!isLabel(label)) {
        return false;
      }
    }
    // RFC 3986 readers such as java.net.URI take a.1b for no host name at all.
    return labels.length == 1 || isLetter(labels[labels.length - 1].charAt(0));
  }

  private static boolean isLabel(String label) {
    return !label.isEmpty()
        && label.length() <= MAX_LABEL
        && label.chars().allMatch(c -> isLetter(c) || (c >= '0' && c <= '9') || c == '-')
        && !label.startsWith("-")
        && !label.endsWith("-");
  }

  private static boolean isLetter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
