package io.coffer.egress;

import java.util.Set;

/**
 * The prefix under which a network translates IPv4 addresses into IPv6 (RFC 6052). What is embedded
 * is judged, and not the address around it.
 */
record Nat64(Cidr prefix) {

  private static final Set<Integer> LENGTHS = Set.of(32, 40, 48, 56, 64, 96);
  private static final int RESERVED_BYTE = 8;

  Nat64 {
    if (prefix.prefix().length != 16 || !LENGTHS.contains(prefix.bits())) {
      throw new IllegalArgumentException("a prefix has 32, 40, 48, 56, 64 or 96 bits");
    }
  }

  /** The embedded IPv4 address; the address itself if it does not lie under the prefix. */
  byte[] unwrap(byte[] address) {
    if (!prefix.contains(address)) {
      return address;
    }
    byte[] embedded = new byte[4];
    int from = prefix.bits() / 8;
    for (int i = 0; i < embedded.length; i++) {
      if (from == RESERVED_BYTE) {
        from++;
      }
      embedded[i] = address[from++];
    }
    return embedded;
  }
}
