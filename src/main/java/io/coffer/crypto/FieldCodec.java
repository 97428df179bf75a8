package io.coffer.crypto;

import io.coffer.secret.SecretFields;
import io.coffer.secret.SecretValue;
import java.util.Arrays;

/**
 * The canonical encoding of secret fields: a version byte, the number of fields, then per field, in
 * the byte order of the ids, the id and the value, each after its length; then zeros up to the next
 * size step, so that the length of a ciphertext does not tell that of a short password.
 */
public final class FieldCodec {

  static final int VERSION = 1;

  /** The smallest encoding: one password of usual length is never told from another. */
  static final int SMALLEST = 128;

  private static final int FINEST_STEP = 64;

  private FieldCodec() {}

  /** Encodes the fields, which stay their owner's; the caller closes the result. */
  public static SecretValue encode(SecretFields fields) {
    try (CanonicalWriter writer = new CanonicalWriter()) {
      writer.octet(VERSION).number(fields.ids().size());
      for (String id : fields.ids()) {
        byte[] readable = fields.find(id).orElseThrow().revealBytes();
        try {
          writer.part(id).part(readable);
        } finally {
          Arrays.fill(readable, (byte) 0);
        }
      }
      return SecretValue.takeOwnershipOf(writer.toBytes(paddedLength(writer.length())));
    }
  }

  /**
   * Decodes what {@link #encode} gave, which stays its owner's; the caller closes the result.
   *
   * @throws UnsealFailure.MalformedContent if it is not exactly what {@code encode} would give
   */
  public static SecretFields decode(SecretValue encoded) {
    byte[] readable = encoded.revealBytes();
    try {
      return new FieldReader(readable).read();
    } finally {
      Arrays.fill(readable, (byte) 0);
    }
  }

  /** Steps of 64 bytes up to 1 KiB, above it of an eighth to a sixteenth of the length. */
  static int paddedLength(int length) {
    int step = Math.max(FINEST_STEP, Integer.highestOneBit(length) / 8);
    return Math.max(SMALLEST, Math.ceilDiv(length, step) * step);
  }
}
