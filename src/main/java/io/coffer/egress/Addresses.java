package io.coffer.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Addresses as bytes, in the form in which they are judged. */
final class Addresses {

  private static final int IPV4 = 4;
  private static final int IPV6 = 16;
  private static final Cidr MAPPED = new Cidr(mappedPrefix(), 96);

  private Addresses() {}

  /** The bytes of an address; of an IPv4 address mapped into IPv6 those of the IPv4 address. */
  static byte[] bytes(InetAddress address) {
    byte[] bytes = address.getAddress();
    return MAPPED.contains(bytes) ? Arrays.copyOfRange(bytes, IPV6 - IPV4, IPV6) : bytes;
  }

  static String text(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes).getHostAddress();
    } catch (UnknownHostException impossible) {
      throw new IllegalArgumentException("an address has 4 or 16 bytes", impossible);
    }
  }

  private static byte[] mappedPrefix() {
    byte[] prefix = new byte[IPV6];
    prefix[10] = (byte) 0xff;
    prefix[11] = (byte) 0xff;
    return prefix;
  }
}
