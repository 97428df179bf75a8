package io.coffer.type;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Ids of managed types, the same in every installation: a ciphertext is bound to its type's id. */
final class TypeIds {

  private static final String DOMAIN = "coffer:credential-type:";

  private TypeIds() {}

  /** The id of the managed type of that slug (RFC 9562, version 8: SHA-256 of the slug). */
  static UUID of(String slug) {
    ByteBuffer digest =
        ByteBuffer.wrap(Texts.sha256((DOMAIN + slug).getBytes(StandardCharsets.UTF_8)));
    long high = (digest.getLong() & ~0xF000L) | 0x8000L;
    long low = (digest.getLong() & ~(0b11L << 62)) | (0b10L << 62);
    return new UUID(high, low);
  }
}
