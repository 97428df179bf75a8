package io.coffer.kms;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** An unwrapped key with what its bounds are measured by. */
final class CachedKey {

  /** What may be done with a cached key now. */
  enum Standing {
    /** To be used without a second thought. */
    FRESH,
    /** To be used, and to be refreshed in the background. */
    DUE,
    /** To be refreshed before it is used, unless the provider cannot be reached. */
    OLD,
    /** Not to be used any more, whether the provider can be reached or not. */
    SPENT
  }

  private static final int PAUSES_REMEMBERED = 12;

  private final HeldKey key;
  private final CacheBounds bounds;
  private final long loadedAt;
  private final AtomicLong uses = new AtomicLong();
  private volatile @Nullable Trouble trouble;

  /** The last failed refresh. */
  private record Trouble(long at, Throwable failure) {}

  CachedKey(HeldKey key, CacheBounds bounds, long now) {
    this.key = key;
    this.bounds = bounds;
    this.loadedAt = now;
  }

  HeldKey key() {
    return key;
  }

  Standing standing(long now) {
    long age = now - loadedAt;
    if (age >= bounds.spentAge()) {
      return Standing.SPENT;
    }
    long used = uses.get();
    if (age >= bounds.maxAge() || used >= bounds.maxUses()) {
      return Standing.OLD;
    }
    return age >= bounds.refreshAge() || used >= bounds.refreshUses()
        ? Standing.DUE
        : Standing.FRESH;
  }

  /** Counts a use and holds the key for it; false if the key is wiped. */
  boolean take() {
    uses.incrementAndGet();
    return key.hold();
  }

  void refreshFailed(Throwable failure, long now) {
    trouble = new Trouble(now, failure);
  }

  /** The failure of a refresh so short ago that it is not tried again yet; else null. */
  @Nullable Throwable recentTrouble(long now) {
    return troubleWithin(bounds.pause(), now);
  }

  /**
   * Like {@link #recentTrouble}, for a few pauses longer: while an outage goes on, uses do not wait
   * for every attempt to end it.
   */
  @Nullable Throwable lastingTrouble(long now) {
    return troubleWithin(PAUSES_REMEMBERED * bounds.pause(), now);
  }

  private @Nullable Throwable troubleWithin(long time, long now) {
    Trouble last = trouble;
    return last != null && now - last.at < time ? last.failure : null;
  }
}
