package io.coffer.kms;

import io.coffer.secret.SecretValue;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Moves data keys from one key-encryption key to another, of the same or another provider. The data
 * keys and what they seal stay as they are, and so do replicas that hold them open.
 */
public final class Rewrapping {

  private final Function<KeyRef, Kms> kms;
  private final DataKeyStore store;
  private final KekStore keks;

  /**
   * @param kms the service that holds a key
   */
  Rewrapping(Function<KeyRef, Kms> kms, DataKeyStore store, KekStore keks) {
    this.kms = kms;
    this.store = store;
    this.keks = keks;
  }

  /** How many data keys each key-encryption key wraps, by provider and name. */
  public Uni<List<KekUse>> overview() {
    return keks.countByKek();
  }

  /** How many data keys the key wraps. */
  public Uni<Long> count(KeyRef kek) {
    return keks.count(kek);
  }

  /** What the provider says of the key, above all its full name and whether it works. */
  public Uni<KeyDescription> describe(KeyRef key) {
    return Uni.createFrom().deferred(() -> kms.apply(key).describe(key));
  }

  /**
   * Ids of data keys that the key wraps, in their order.
   *
   * @param after only ids behind this one; null: from the first
   * @param except ids to leave out
   */
  public Uni<List<UUID>> under(KeyRef kek, @Nullable UUID after, Set<UUID> except, int limit) {
    return keks.idsUnder(kek, after, except, limit);
  }

  /**
   * Wraps one data key under another key-encryption key, opens what that gave, compares, and only
   * then stores it. A key that was moved or destroyed meanwhile is left alone. Fails with {@link
   * KmsFailure}, {@link KeyFailure} or {@link RewrapFailure}.
   *
   * @param dryRun does all but store
   */
  public Uni<Void> rewrap(UUID dataKey, KeyRef from, KeyRef to, boolean dryRun) {
    return store
        .find(dataKey)
        .flatMap(
            found ->
                found.isPresent() && found.get().wrapped().key().equals(from)
                    ? rewrap(found.get(), to, dryRun)
                    : Uni.createFrom().voidItem());
  }

  private Uni<Void> rewrap(StoredKey key, KeyRef to, boolean dryRun) {
    WrappedKey old = key.wrapped();
    return kms.apply(old.key())
        .unwrap(old.key(), old.blob(), key.context())
        .flatMap(
            bytes ->
                wrapAnew(key, bytes, to)
                    .call(fresh -> verify(key, bytes, fresh))
                    .eventually(bytes::close))
        .flatMap(
            fresh ->
                dryRun ? Uni.createFrom().voidItem() : keks.replaceWrapped(key.id(), old, fresh));
  }

  /** Within a provider the provider re-wraps; between two, the old one's bytes are wrapped anew. */
  private Uni<WrappedKey> wrapAnew(StoredKey key, SecretValue bytes, KeyRef to) {
    WrappedKey old = key.wrapped();
    return old.key().provider().equals(to.provider())
        ? kms.apply(to).rewrap(old.key(), old.blob(), to, key.context())
        : kms.apply(to).wrap(to, bytes, key.context());
  }

  private Uni<Void> verify(StoredKey key, SecretValue expected, WrappedKey fresh) {
    return kms.apply(fresh.key())
        .unwrap(fresh.key(), fresh.blob(), key.context())
        .invoke(
            bytes -> {
              try (bytes) {
                if (!bytes.sameAs(expected)) {
                  throw new RewrapFailure.Changed();
                }
              }
            })
        .replaceWithVoid();
  }
}
