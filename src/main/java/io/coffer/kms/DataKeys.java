package io.coffer.kms;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.coffer.crypto.UnsealFailure;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** All open data keys of this replica: those that seal, those that open, those that tag rows. */
final class DataKeys {

  private final DataKeyStore store;
  private final KeyMaker maker;
  private final UnwrapCache cache;
  private final SealingKeys sealing;
  private final SharedKeys shared;

  /** Keys that were not found to be of a single value, which they never become. */
  private final Cache<UUID, Boolean> notSingle;

  /**
   * @param kms the service that holds a key
   * @param ticker in nanoseconds
   */
  DataKeys(
      Function<KeyRef, Kms> kms,
      DataKeyStore store,
      Keks keks,
      KeysConfig config,
      Clock clock,
      LongSupplier ticker,
      KeyMetrics metrics) {
    this.store = store;
    this.maker = new KeyMaker(kms, store, clock);
    this.cache = new UnwrapCache(CacheBounds.of(config), ticker, this::load, metrics);
    SupplyContext context =
        new SupplyContext(maker, store, keks, clock, ticker, cache::put, cache::hold, metrics);
    this.sealing = new SealingKeys(context, config);
    this.shared = new SharedKeys(context);
    this.notSingle = Caffeine.newBuilder().maximumSize(CacheBounds.of(config).maxKeys()).build();
    metrics.watchCache(cache, UnwrapCache::size);
  }

  UnwrapCache cache() {
    return cache;
  }

  SealingKeys sealing() {
    return sealing;
  }

  SharedKeys shared() {
    return shared;
  }

  /** Destroys a key that sealed one value only; false if it is another kind of key, or none. */
  Uni<Boolean> destroySingleUse(UUID id) {
    return Uni.createFrom()
        .deferred(
            () ->
                notSingle.getIfPresent(id) == null
                    ? store.destroySingleUse(id).invoke(destroyed -> settle(id, destroyed))
                    : Uni.createFrom().item(false));
  }

  private void settle(UUID id, boolean destroyed) {
    if (destroyed) {
      cache.remove(id);
    } else {
      // It stays in memory: a key of many values goes on being needed.
      notSingle.put(id, true);
    }
  }

  /** Wipes every key in memory. */
  void close() {
    sealing.clear();
    cache.clear();
  }

  private Uni<HeldKey> load(UUID id) {
    return store
        .find(id)
        .flatMap(
            found ->
                found.isPresent()
                    ? maker.open(found.get())
                    : Uni.createFrom().failure(() -> new UnsealFailure.UnknownDataKey(id)));
  }
}
