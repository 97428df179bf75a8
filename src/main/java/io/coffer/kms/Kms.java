package io.coffer.kms;

import io.coffer.secret.SecretValue;
import io.smallrye.mutiny.Uni;

/**
 * A key management service of one provider, be it one that makes data keys or one that only wraps.
 *
 * <p>Every {@code Uni} is lazy, has a deadline, may be subscribed to again for another call, and
 * fails with a {@link KmsFailure} only. Calls are safe from any thread. Key bytes that an answer
 * holds belong to the subscriber, who closes them.
 */
public interface Kms {

  /** Makes a fresh 256-bit key, wrapped under the key and the context. */
  Uni<GeneratedKey> generate(KeyRef key, KeyContext context);

  /**
   * Wraps key bytes that were made elsewhere.
   *
   * @param bytes stays the caller's, who keeps it open until the answer is there; 32 bytes
   */
  Uni<WrappedKey> wrap(KeyRef key, SecretValue bytes, KeyContext context);

  /**
   * Opens a wrapped key. Fails with {@link KmsFailure.Corrupt} if the blob is damaged or belongs to
   * another context, with {@link KmsFailure.WrongKey} if another key wrapped it.
   *
   * @param key as {@link WrappedKey#key} named it
   * @return 32 bytes, which the subscriber closes
   */
  Uni<SecretValue> unwrap(KeyRef key, byte[] blob, KeyContext context);

  /**
   * Wraps the same key bytes under another key of this provider, with the plaintext staying inside
   * the provider where it can.
   */
  Uni<WrappedKey> rewrap(KeyRef from, byte[] blob, KeyRef to, KeyContext context);

  /** Says what the key is really called and whether it can be used. */
  Uni<KeyDescription> describe(KeyRef key);
}
