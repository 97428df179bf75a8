package io.coffer.kms;

import java.util.Arrays;
import java.util.UUID;

/**
 * A sealed value as it is stored. Not secret.
 *
 * @param bytes in the stored format; not to be changed
 * @param dataKeyId the data key that the bytes name, for a column of its own
 */
public record Sealed(byte[] bytes, UUID dataKeyId) {

  @Override
  public boolean equals(Object other) {
    return other instanceof Sealed that
        && dataKeyId.equals(that.dataKeyId)
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return 31 * dataKeyId.hashCode() + Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "Sealed[" + bytes.length + " bytes under " + dataKeyId + ']';
  }
}
