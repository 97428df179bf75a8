package io.coffer.secret;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Secret bytes that cannot be printed or serialised by accident. Whoever holds one owns it and
 * closes it; closing wipes the bytes. Turning it back into readable bytes is spelled {@code
 * reveal…}, and the architecture test lists who may do so. Not safe for use by several threads at
 * once.
 */
public final class SecretValue implements AutoCloseable {

  private static final String REDACTED = "SecretValue[redacted]";

  private final byte[] bytes;
  private boolean closed;

  private SecretValue(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Wraps the array itself: the caller must neither use nor keep it afterwards. */
  public static SecretValue takeOwnershipOf(byte[] bytes) {
    return new SecretValue(bytes);
  }

  /** Copies the array, which stays the caller's to wipe. */
  public static SecretValue copyOf(byte[] bytes) {
    return new SecretValue(bytes.clone());
  }

  /**
   * Encodes the text in UTF-8.
   *
   * @throws IllegalArgumentException if the text has half of a surrogate pair, which UTF-8 cannot
   *     say: a replacement character would change the secret unnoticed
   */
  public static SecretValue ofText(String text) {
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      Arrays.fill(encoded.array(), (byte) 0);
      return new SecretValue(bytes);
    } catch (CharacterCodingException e) {
      // Without the cause: an encoder's message tells offsets within the secret.
      throw new IllegalArgumentException("the secret text is not valid Unicode");
    }
  }

  /** The length in bytes. */
  public int length() {
    ensureOpen();
    return bytes.length;
  }

  /** A copy of the bytes, which the caller wipes. */
  public byte[] revealBytes() {
    ensureOpen();
    return bytes.clone();
  }

  /**
   * The bytes read as UTF-8.
   *
   * @throws IllegalStateException if they are no UTF-8, or this is closed
   */
  public String revealText() {
    ensureOpen();
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      // Without the cause: a decoder's message tells offsets within the secret.
      throw new IllegalStateException("the secret value is not UTF-8 text");
    }
  }

  /** A second value with bytes of its own. */
  public SecretValue copy() {
    ensureOpen();
    return copyOf(bytes);
  }

  /** Whether both hold the same bytes, compared in constant time for values of one length. */
  public boolean sameAs(SecretValue other) {
    ensureOpen();
    other.ensureOpen();
    return MessageDigest.isEqual(bytes, other.bytes);
  }

  public boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    Arrays.fill(bytes, (byte) 0);
    closed = true;
  }

  @Override
  public String toString() {
    return REDACTED;
  }

  private void ensureOpen() {
    if (closed) {
      throw new IllegalStateException("the secret value is closed");
    }
  }
}
