package io.coffer.type.connection;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.regex.Pattern;

/**
 * An address that was given as a literal. An IPv4 address mapped into IPv6 is the IPv4 address.
 *
 * @param address the address, without a zone
 */
public record IpLiteral(InetAddress address) implements Host {

  private static final Pattern OCTET = Pattern.compile("0|[1-9][0-9]{0,2}");
  private static final int IPV6_GROUPS = 8;
  private static final int MAX_LENGTH = 45;

  /**
   * A dotted quad of four decimal octets without leading zeros; every other number is ambiguous.
   */
  static IpLiteral ofIpv4(String text) {
    String[] octets = text.length() > 15 ? new String[0] : text.split("\\.", -1);
    if (octets.length != 4) {
      throw new ConnectionRefusal(RefusalCode.HOST_LITERAL, "host");
    }
    for (String octet : octets) {
      if (!OCTET.matcher(octet).matches() || Integer.parseInt(octet) > 255) {
        throw new ConnectionRefusal(RefusalCode.HOST_LITERAL, "host");
      }
    }
    return new IpLiteral(InetAddress.ofLiteral(text));
  }

  /** An IPv6 address (RFC 4291) without brackets and zone. */
  static IpLiteral ofIpv6(String text) {
    // A colon keeps IPv4 and names out; anything but these characters would be a zone or worse.
    if (text.length() > MAX_LENGTH
        || text.indexOf(':') < 0
        || !text.chars().allMatch(IpLiteral::isAddressCharacter)) {
      throw new ConnectionRefusal(RefusalCode.HOST, "host");
    }
    try {
      return new IpLiteral(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException notAnAddress) {
      throw new ConnectionRefusal(RefusalCode.HOST, "host");
    }
  }

  private static boolean isAddressCharacter(int c) {
    return c == ':' || c == '.' || Character.digit(c, 16) >= 0 && c < 0x80;
  }

  /** Dotted quad, or the short form of RFC 5952. */
  @Override
  public String text() {
    return address instanceof Inet4Address ? address.getHostAddress() : compressed();
  }

  @Override
  public String uriText() {
    return address instanceof Inet4Address ? text() : '[' + text() + ']';
  }

  private String compressed() {
    byte[] bytes = address.getAddress();
    int[] groups = new int[IPV6_GROUPS];
    for (int i = 0; i < IPV6_GROUPS; i++) {
      groups[i] = (bytes[2 * i] & 0xff) << 8 | (bytes[2 * i + 1] & 0xff);
    }
    int start = -1;
    int length = 1; // a single zero group is not shortened
    for (int i = 0; i < IPV6_GROUPS; i++) {
      int end = i;
      while (end < IPV6_GROUPS && groups[end] == 0) {
        end++;
      }
      if (end - i > length) {
        start = i;
        length = end - i;
      }
    }
    return start < 0
        ? join(groups, 0, IPV6_GROUPS)
        : join(groups, 0, start) + "::" + join(groups, start + length, IPV6_GROUPS);
  }

  private static String join(int[] groups, int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < to; i++) {
      text.append(i == from ? "" : ":").append(Integer.toHexString(groups[i]));
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return text();
  }
}
