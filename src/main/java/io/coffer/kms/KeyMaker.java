package io.coffer.kms;

import io.coffer.crypto.DataKey;
import io.coffer.secret.SecretValue;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes data keys and opens stored ones: each at most one call to the provider. */
final class KeyMaker {

  private final Function<KeyRef, Kms> kms;
  private final DataKeyStore store;
  private final Clock clock;

  /**
   * @param kms the service that holds a key
   */
  KeyMaker(Function<KeyRef, Kms> kms, DataKeyStore store, Clock clock) {
    this.kms = kms;
    this.store = store;
    this.clock = clock;
  }

  /**
   * A fresh key, stored before it is answered, so that nothing is ever sealed under a key that a
   * crash could lose.
   *
   * @param organization null for a key that serves every tenant
   * @param reserved how many values count as sealed already
   * @param expiresAt until when it seals; null while it is only made ahead
   */
  Uni<HeldKey> make(
      @Nullable UUID organization,
      KeyPurpose purpose,
      KeyRef kek,
      long reserved,
      @Nullable Instant expiresAt) {
    UUID id = UUID.randomUUID();
    return kms.apply(kek)
        .generate(kek, new KeyContext(organization, id, purpose))
        .flatMap(
            generated -> {
              WrappedKey wrapped = generated.wrapped();
              HeldKey key = hold(id, generated.plaintext(), organization, purpose);
              StoredKey row = new StoredKey(id, organization, purpose, wrapped, expiresAt);
              return store
                  .insert(row, kek, reserved, clock.instant())
                  .onFailure()
                  .invoke(key::release)
                  .replaceWith(key);
            });
  }

  /** Opens a stored key. */
  Uni<HeldKey> open(StoredKey stored) {
    return kms.apply(stored.wrapped().key())
        .unwrap(stored.wrapped().key(), stored.wrapped().blob(), stored.context())
        .map(bytes -> hold(stored.id(), bytes, stored.organization(), stored.purpose()));
  }

  /** Copies the bytes into a key and closes what the provider's adapter gave. */
  private static HeldKey hold(
      UUID id, SecretValue bytes, @Nullable UUID organization, KeyPurpose purpose) {
    try (bytes) {
      return new HeldKey(DataKey.of(id, bytes), organization, purpose);
    }
  }
}
