package io.coffer.crypto;

import io.coffer.secret.SecretValue;
import java.util.UUID;

/**
 * A 256-bit key from which the key of every single value is derived. The owner closes it, which
 * wipes the bytes; a use that runs at that moment fails or finishes, it never works with a
 * half-wiped key unnoticed, because the commitment would not fit.
 */
public final class DataKey implements AutoCloseable {

  /** The length of the key in bytes. */
  public static final int LENGTH = 32;

  private final UUID id;
  private final WipingKey key;

  private DataKey(UUID id, WipingKey key) {
    this.id = id;
    this.key = key;
  }

  /**
   * Copies the bytes; the given value stays its owner's to close.
   *
   * @throws IllegalArgumentException if it has not exactly 32 bytes
   */
  public static DataKey of(UUID id, SecretValue bytes) {
    if (bytes.length() != LENGTH) {
      throw new IllegalArgumentException("a data key has 32 bytes");
    }
    return new DataKey(id, new WipingKey("HKDF", bytes.revealBytes()));
  }

  public UUID id() {
    return id;
  }

  public boolean isClosed() {
    return key.isDestroyed();
  }

  /** For deriving and for tags only; stays owned by this. */
  WipingKey key() {
    return key;
  }

  @Override
  public void close() {
    key.destroy();
  }

  @Override
  public String toString() {
    return "DataKey[" + id + ']';
  }
}
