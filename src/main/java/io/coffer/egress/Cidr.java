package io.coffer.egress;

import java.net.InetAddress;
import java.util.Arrays;

/** A block of addresses of one family (RFC 4632, RFC 4291). */
record Cidr(byte[] prefix, int bits) {

  private static final int BYTE = 8;

  Cidr {
    if (bits < 0 || bits > prefix.length * BYTE) {
      throw new IllegalArgumentException("a block of " + prefix.length * BYTE + " bits at most");
    }
    prefix = masked(prefix, bits);
  }

  /**
   * Reads {@code 10.0.0.0/8} or {@code fc00::/7}; without a slash, the one address.
   *
   * @throws IllegalArgumentException if it is neither
   */
  static Cidr of(String text) {
    int slash = text.indexOf('/');
    InetAddress address =
        HostText.literal(slash < 0 ? text : text.substring(0, slash))
            .orElseThrow(() -> new IllegalArgumentException("not an address"));
    byte[] bytes = address.getAddress();
    return new Cidr(
        bytes, slash < 0 ? bytes.length * BYTE : Integer.parseInt(text.substring(slash + 1)));
  }

  /** Whether the address, given by its bytes, lies in this block; never for the other family. */
  boolean contains(byte[] address) {
    return address.length == prefix.length && Arrays.equals(masked(address, bits), prefix);
  }

  private static byte[] masked(byte[] address, int bits) {
    byte[] masked = address.clone();
    for (int i = 0; i < masked.length; i++) {
      int kept = Math.clamp(bits - i * BYTE, 0, BYTE);
      masked[i] &= (byte) (0xff << (BYTE - kept));
    }
    return masked;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Cidr cidr && cidr.bits == bits && Arrays.equals(cidr.prefix, prefix);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(prefix) + bits;
  }

  @Override
  public String toString() {
    return Addresses.text(prefix) + '/' + bits;
  }
}
