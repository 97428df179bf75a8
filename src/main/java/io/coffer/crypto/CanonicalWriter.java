package io.coffer.crypto;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/**
 * Writes the length-prefixed form that the stored format, digests and tags share: every part is
 * preceded by its length in four bytes, most significant first, so that no two different sequences
 * of parts have the same bytes. What it wrote may be secret: closing wipes its buffer.
 */
public final class CanonicalWriter implements AutoCloseable {

  private byte[] buffer = new byte[256];
  private int length;

  @CanIgnoreReturnValue
  public CanonicalWriter part(byte[] bytes) {
    return number(bytes.length).raw(bytes);
  }

  /**
   * The text in UTF-8.
   *
   * @throws IllegalArgumentException if the text has half of a surrogate pair, which UTF-8 cannot
   *     say and which would otherwise look like another text
   */
  @CanIgnoreReturnValue
  public CanonicalWriter part(String text) {
    return part(utf8(text));
  }

  @CanIgnoreReturnValue
  public CanonicalWriter part(UUID id) {
    return number(2 * Long.BYTES)
        .raw(
            ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array());
  }

  @CanIgnoreReturnValue
  public CanonicalWriter part(long number) {
    return number(Long.BYTES).raw(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
  }

  /** Four bytes without a length before them, for counts. */
  @CanIgnoreReturnValue
  CanonicalWriter number(int number) {
    return raw(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
  }

  @CanIgnoreReturnValue
  CanonicalWriter octet(int value) {
    ensure(1);
    buffer[length++] = (byte) value;
    return this;
  }

  @CanIgnoreReturnValue
  CanonicalWriter raw(byte[] bytes) {
    ensure(bytes.length);
    System.arraycopy(bytes, 0, buffer, length, bytes.length);
    length += bytes.length;
    return this;
  }

  int length() {
    return length;
  }

  public byte[] toBytes() {
    return toBytes(length);
  }

  /** What was written, followed by zeros up to the given size. */
  byte[] toBytes(int size) {
    byte[] bytes = new byte[size];
    System.arraycopy(buffer, 0, bytes, 0, length);
    return bytes;
  }

  static byte[] utf8(String text) {
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      Arrays.fill(encoded.array(), (byte) 0);
      return bytes;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("the text is not valid Unicode");
    }
  }

  private void ensure(int more) {
    if (buffer.length - length >= more) {
      return;
    }
    byte[] larger = Arrays.copyOf(buffer, Math.max(2 * buffer.length, length + more));
    Arrays.fill(buffer, (byte) 0);
    buffer = larger;
  }

  @Override
  public void close() {
    Arrays.fill(buffer, (byte) 0);
    length = 0;
  }
}
