package io.coffer.crypto;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.UUID;
import javax.crypto.Mac;

/**
 * Tags that show a row, a request or a checkpoint unchanged: {@code version (1) ‖ key id (16) ‖
 * HMAC-SHA-256 (32)} (RFC 2104) over a domain and the content, both length-prefixed.
 */
public final class Macs {

  static final int VERSION = 1;
  private static final int HEADER_LENGTH = 17;
  private static final int HMAC_LENGTH = 32;

  /** The length of a tag in bytes. */
  public static final int LENGTH = HEADER_LENGTH + HMAC_LENGTH;

  private Macs() {}

  /**
   * A tag over the content.
   *
   * @param domain says what the content is, so that no tag passes for one of another use
   */
  public static byte[] tag(DataKey key, String domain, byte[] content) {
    byte[] hmac = hmac(key, domain, content);
    return ByteBuffer.allocate(LENGTH)
        .put((byte) VERSION)
        .putLong(key.id().getMostSignificantBits())
        .putLong(key.id().getLeastSignificantBits())
        .put(hmac)
        .array();
  }

  /** Whether the tag was made with this key over exactly this domain and content. */
  public static boolean verify(DataKey key, String domain, byte[] content, byte[] tag) {
    return tag.length == LENGTH && MessageDigest.isEqual(tag(key, domain, content), tag);
  }

  /**
   * The id of the key that made the tag.
   *
   * @throws UnsealFailure if length or version byte cannot be those of a tag
   */
  public static UUID keyId(byte[] tag) {
    if (tag.length != LENGTH) {
      throw new UnsealFailure.WrongLength(tag.length);
    }
    if (tag[0] != VERSION) {
      throw new UnsealFailure.UnknownFormat(Byte.toUnsignedInt(tag[0]));
    }
    ByteBuffer header = ByteBuffer.wrap(tag);
    return new UUID(header.getLong(1), header.getLong(1 + Long.BYTES));
  }

  private static byte[] hmac(DataKey key, String domain, byte[] content) {
    try (CanonicalWriter writer = new CanonicalWriter()) {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key.key());
      byte[] message = writer.part(domain).part(content).toBytes();
      try {
        return mac.doFinal(message);
      } finally {
        Arrays.fill(message, (byte) 0);
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA-256 is not available", e);
    }
  }
}
