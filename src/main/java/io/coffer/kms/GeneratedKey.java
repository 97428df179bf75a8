package io.coffer.kms;

import io.coffer.secret.SecretValue;

/**
 * A fresh 256-bit key, open and wrapped. Whoever receives it owns it and closes it.
 *
 * @param plaintext the key, {@value #LENGTH} bytes
 * @param wrapped the same key, wrapped
 */
public record GeneratedKey(SecretValue plaintext, WrappedKey wrapped) implements AutoCloseable {

  /** The length of every data key in bytes. */
  public static final int LENGTH = 32;

  @Override
  public void close() {
    plaintext.close();
  }
}
