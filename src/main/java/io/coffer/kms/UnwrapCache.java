package io.coffer.kms;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.coffer.crypto.UnsealFailure;
import io.smallrye.mutiny.Uni;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Unwrapped data keys, bounded in count, age and uses. A key in use is refreshed early and in the
 * background; parallel misses of one key make one call. While the provider cannot be reached, a key
 * beyond its age goes on being used for a bounded time.
 */
final class UnwrapCache {

  private final CacheBounds bounds;
  private final LongSupplier nanos;
  private final Function<UUID, Uni<HeldKey>> unwrap;
  private final KeyMetrics metrics;
  private final Single<UUID, CachedKey> loads = new Single<>();
  private final Cache<UUID, CachedKey> keys;

  /**
   * @param nanos a ticker in nanoseconds
   * @param unwrap reads a key's row and opens it; what it answers is this cache's to release
   */
  UnwrapCache(
      CacheBounds bounds,
      LongSupplier nanos,
      Function<UUID, Uni<HeldKey>> unwrap,
      KeyMetrics metrics) {
    this.bounds = bounds;
    this.nanos = nanos;
    this.unwrap = unwrap;
    this.metrics = metrics;
    this.keys =
        Caffeine.newBuilder()
            .maximumSize(bounds.maxKeys())
            .executor(Runnable::run)
            .removalListener(UnwrapCache::letGo)
            .build();
  }

  /** Works with a key: at once if it is in memory, else when the provider has opened it. */
  <T> Uni<T> use(UUID id, Function<HeldKey, T> work) {
    return Uni.createFrom()
        .deferred(
            () -> {
              CachedKey cached = keys.getIfPresent(id);
              if (cached != null && usable(cached)) {
                metrics.hit();
                return apply(cached, work, id);
              }
              metrics.miss();
              return refreshed(id, cached).flatMap(loaded -> apply(loaded, work, id));
            });
  }

  /** Gives a key, held for the subscriber. */
  Uni<HeldKey> hold(UUID id) {
    return use(
        id,
        key -> {
          // It is held while this runs, so that one holder more is always granted.
          boolean _ = key.hold();
          return key;
        });
  }

  /** Takes in a key that was just made; the caller keeps its own hold. */
  void put(HeldKey key) {
    if (key.hold()) {
      keys.put(key.id(), new CachedKey(key, bounds, nanos.getAsLong()));
    }
  }

  /** Forgets a key, for example because it was destroyed. */
  void remove(UUID id) {
    keys.invalidate(id);
  }

  long size() {
    return keys.estimatedSize();
  }

  /** Whether at least one key can be used without the provider. */
  boolean isWarm() {
    long now = nanos.getAsLong();
    return keys.asMap().values().stream()
        .anyMatch(key -> key.standing(now) != CachedKey.Standing.SPENT);
  }

  void clear() {
    keys.invalidateAll();
    keys.cleanUp();
  }

  private boolean usable(CachedKey cached) {
    long now = nanos.getAsLong();
    return switch (cached.standing(now)) {
      case FRESH -> true;
      case DUE -> {
        refreshInBackground(cached, now);
        yield true;
      }
      case OLD -> {
        boolean outage = isOutage(cached.lastingTrouble(now));
        if (outage) {
          metrics.stale();
          refreshInBackground(cached, now);
        }
        yield outage;
      }
      case SPENT -> false;
    };
  }

  private <T> Uni<T> apply(CachedKey cached, Function<HeldKey, T> work, UUID id) {
    if (!cached.take()) {
      // Evicted between look-up and use: load it anew, which is rare and ends.
      return use(id, work);
    }
    try {
      return Uni.createFrom().item(work.apply(cached.key()));
    } catch (RuntimeException e) {
      return Uni.createFrom().failure(e);
    } finally {
      cached.key().release();
    }
  }

  /** The key opened anew; the old one if the provider cannot be reached and it is not spent. */
  private Uni<CachedKey> refreshed(UUID id, @Nullable CachedKey old) {
    Throwable recent = old == null ? null : old.recentTrouble(nanos.getAsLong());
    if (recent != null) {
      return Uni.createFrom().failure(() -> named(recent));
    }
    if (loads.size() >= bounds.maxLoads() && !loads.isRunning(id)) {
      return Uni.createFrom().failure(KeyFailure.Busy::new);
    }
    Uni<CachedKey> load = loads.run(id, () -> loadUnlessDone(id, old));
    if (old == null) {
      return load;
    }
    return load.onFailure()
        .recoverWithUni(
            failure -> {
              if (isOutage(failure)
                  && old.standing(nanos.getAsLong()) != CachedKey.Standing.SPENT) {
                metrics.stale();
                return Uni.createFrom().item(old);
              }
              return Uni.createFrom().failure(named(failure));
            });
  }

  /** Somebody else's load may have ended since the key was looked for. */
  private Uni<CachedKey> loadUnlessDone(UUID id, @Nullable CachedKey old) {
    CachedKey now = keys.getIfPresent(id);
    return now != null && now != old ? Uni.createFrom().item(now) : load(id);
  }

  private Uni<CachedKey> load(UUID id) {
    return unwrap
        .apply(id)
        .map(
            key -> {
              CachedKey loaded = new CachedKey(key, bounds, nanos.getAsLong());
              keys.put(id, loaded);
              return loaded;
            })
        .onFailure()
        .invoke(failure -> loadFailed(id, failure));
  }

  private void loadFailed(UUID id, Throwable failure) {
    if (failure instanceof UnsealFailure.UnknownDataKey) {
      keys.invalidate(id);
      return;
    }
    CachedKey cached = keys.getIfPresent(id);
    if (cached != null) {
      cached.refreshFailed(failure, nanos.getAsLong());
    }
  }

  private void refreshInBackground(CachedKey cached, long now) {
    UUID id = cached.key().id();
    if (cached.recentTrouble(now) == null
        && !loads.isRunning(id)
        && loads.size() < bounds.maxLoads()) {
      loads.run(id, () -> load(id)).subscribe().with(_ -> {}, metrics::refreshFailed);
    }
  }

  private static boolean isOutage(@Nullable Throwable failure) {
    return failure instanceof KmsFailure kms && kms.retryable()
        || failure instanceof KeyFailure key && key.retryable();
  }

  /** An outage that has outlasted a key in memory has a name of its own. */
  private static Throwable named(Throwable failure) {
    return failure instanceof KmsFailure kms && kms.retryable()
        ? new KeyFailure.TooStale()
        : failure;
  }

  private static void letGo(@Nullable UUID id, @Nullable CachedKey cached, RemovalCause cause) {
    if (cached != null) {
      cached.key().release();
    }
  }
}
