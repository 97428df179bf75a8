package io.coffer.egress;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A host as it is written: an address, or a name to be resolved. What some library would read as
 * another number than we do ({@code 127.1}, {@code 0x7f.1}, {@code 2130706433}) is neither.
 *
 * @param name in lower case; empty for an address
 * @param address null for a name
 */
record HostText(String name, @Nullable InetAddress address) {

  private static final int LONGEST_NAME = 253;
  private static final int LONGEST_LITERAL = 45;
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final Pattern NUMBER = Pattern.compile("[0-9]+|0x[0-9a-f]*");
  private static final Pattern OCTET = Pattern.compile("0|[1-9][0-9]{0,2}");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  /** Reads a host, an IPv6 address with or without brackets; empty if it is none. */
  static Optional<HostText> of(String text) {
    Optional<InetAddress> address = literal(unbracketed(text));
    if (address.isPresent()) {
      return Optional.of(new HostText("", address.get()));
    }
    String name = text.toLowerCase(Locale.ROOT);
    return isName(name) ? Optional.of(new HostText(name, null)) : Optional.empty();
  }

  /** A canonical dotted quad, or an IPv6 address without a zone; looks nothing up. */
  static Optional<InetAddress> literal(String text) {
    boolean candidate =
        text.length() <= LONGEST_LITERAL && (isQuad(text) || IPV6.matcher(text).matches());
    try {
      return candidate ? Optional.of(InetAddress.ofLiteral(text)) : Optional.empty();
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }

  private static String unbracketed(String text) {
    boolean brackets = text.startsWith("[") && text.endsWith("]") && text.indexOf(':') > 0;
    return brackets ? text.substring(1, text.length() - 1) : text;
  }

  private static boolean isQuad(String text) {
    String[] octets = text.split("\\.", -1);
    if (octets.length != 4) {
      return false;
    }
    for (String octet : octets) {
      if (!OCTET.matcher(octet).matches() || Integer.parseInt(octet) > 255) {
        return false;
      }
    }
    return true;
  }

  /** LDH labels (RFC 1123) without a final dot, of which the last is no number. */
  private static boolean isName(String name) {
    if (name.isEmpty() || name.length() > LONGEST_NAME) {
      return false;
    }
    String[] labels = name.split("\\.", -1);
    for (String label : labels) {
      if (!LABEL.matcher(label).matches()) {
        return false;
      }
    }
    return !NUMBER.matcher(labels[labels.length - 1]).matches();
  }
}
