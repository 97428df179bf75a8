package io.coffer.kms;

import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

/** The keys that a replica holds to seal one organization's new values with. */
interface KeySupply {

  /** A key for one value, held for the caller, without any call; null if none is at hand. */
  @Nullable HeldKey poll();

  /**
   * Makes the key that was polled the caller's for its value.
   *
   * @return false if it must not be used after all; then, and on failure, it is released
   */
  default Uni<Boolean> claim(HeldKey key) {
    return Uni.createFrom().item(true);
  }

  /** Whether {@link #poll} would give a key. */
  boolean hasKeys();

  /** Whether a refill is due, so that the next callers do not have to wait. */
  boolean isLow();

  /**
   * Makes what is missing most; never run twice at once. May leave the supply low, so that who
   * waits for a key does not wait for the one after it.
   */
  Uni<Void> refill();

  /** Lets go of all keys. */
  void close();
}
