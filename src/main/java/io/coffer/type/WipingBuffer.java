package io.coffer.type;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.coffer.secret.SecretValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that are put together from secrets; what it outgrows and what it leaves is wiped. */
public final class WipingBuffer implements AutoCloseable {

  private static final int FIRST_SIZE = 512;

  private byte[] bytes = new byte[FIRST_SIZE];
  private int length;

  @CanIgnoreReturnValue
  public WipingBuffer add(String text) {
    return add(text.getBytes(StandardCharsets.UTF_8));
  }

  @CanIgnoreReturnValue
  public WipingBuffer add(SecretValue value) {
    byte[] copy = value.revealBytes();
    add(copy);
    Arrays.fill(copy, (byte) 0);
    return this;
  }

  @CanIgnoreReturnValue
  public WipingBuffer add(byte[] more) {
    ensure(more.length);
    System.arraycopy(more, 0, bytes, length, more.length);
    length += more.length;
    return this;
  }

  @CanIgnoreReturnValue
  public WipingBuffer add(int single) {
    ensure(1);
    bytes[length++] = (byte) single;
    return this;
  }

  /** The content as a value that the caller closes. */
  public SecretValue value() {
    return SecretValue.takeOwnershipOf(Arrays.copyOf(bytes, length));
  }

  private void ensure(int more) {
    if (length + more > bytes.length) {
      byte[] larger = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
      Arrays.fill(bytes, (byte) 0);
      bytes = larger;
    }
  }

  @Override
  public void close() {
    Arrays.fill(bytes, (byte) 0);
    length = 0;
  }
}
