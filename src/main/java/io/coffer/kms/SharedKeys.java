package io.coffer.kms;

import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The keys that serve every tenant, one per purpose. Which one tags now is remembered; the key
 * itself lives in the cache like any other.
 */
final class SharedKeys {

  private final SupplyContext context;
  private final Single<KeyPurpose, UUID> finding = new Single<>();
  private final Map<KeyPurpose, UUID> current = new ConcurrentHashMap<>();

  SharedKeys(SupplyContext context) {
    this.context = context;
  }

  /** The id of the key that tags now; made if there is none. */
  Uni<UUID> current(KeyPurpose purpose) {
    return Uni.createFrom()
        .deferred(
            () -> {
              UUID known = current.get(purpose);
              return known != null
                  ? Uni.createFrom().item(known)
                  : finding.run(purpose, () -> findOrMake(purpose));
            });
  }

  private Uni<UUID> findOrMake(KeyPurpose purpose) {
    KeyRef kek = context.keks().standard();
    return context
        .store()
        .findShared(purpose, kek)
        .flatMap(
            found ->
                found.isPresent() ? Uni.createFrom().item(found.get().id()) : make(purpose, kek))
        .invoke(id -> current.put(purpose, id));
  }

  private Uni<UUID> make(KeyPurpose purpose, KeyRef kek) {
    return context
        .maker()
        .make(null, purpose, kek, 0, null)
        .map(
            key -> {
              context.made(key);
              key.release();
              return key.id();
            });
  }
}
