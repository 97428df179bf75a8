package io.coffer.kms;

import java.util.Arrays;

/**
 * Key bytes as a provider wrapped them. Not secret.
 *
 * @param key the key that wrapped them, under the name that the provider answered: store this one
 * @param blob what the provider gave, opaque; 1 to {@value #MAX_BLOB_LENGTH} bytes
 */
public record WrappedKey(KeyRef key, byte[] blob) {

  /** The longest blob that a provider may give, in bytes. */
  public static final int MAX_BLOB_LENGTH = 6144;

  public WrappedKey {
    blob = blob.clone();
  }

  @Override
  public byte[] blob() {
    return blob.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WrappedKey that
        && key.equals(that.key)
        && Arrays.equals(blob, that.blob);
  }

  @Override
  public int hashCode() {
    return 31 * key.hashCode() + Arrays.hashCode(blob);
  }

  @Override
  public String toString() {
    return "WrappedKey[" + key + ", " + blob.length + " bytes]";
  }
}
