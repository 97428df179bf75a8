package io.coffer.kms;

import java.util.concurrent.atomic.AtomicLong;

/** A key that seals many values, and how many of those reserved for this replica are left. */
final class Ration {

  private final HeldKey key;
  private final AtomicLong left;
  private volatile long sealUntil;
  private volatile boolean exhausted;

  /**
   * @param left values reserved
   * @param sealUntil on the ticker, in nanoseconds
   */
  Ration(HeldKey key, long left, long sealUntil) {
    this.key = key;
    this.left = new AtomicLong(left);
    this.sealUntil = sealUntil;
  }

  HeldKey key() {
    return key;
  }

  /** One value less; false if none is left. */
  boolean take() {
    long before = left.get();
    while (before > 0) {
      if (left.compareAndSet(before, before - 1)) {
        return true;
      }
      before = left.get();
    }
    return false;
  }

  long left() {
    return left.get();
  }

  void reserved(long more) {
    left.addAndGet(more);
  }

  boolean expired(long now) {
    return now - sealUntil >= 0;
  }

  void sealUntil(long then) {
    sealUntil = then;
  }

  /** No more values can be reserved on this key. */
  void exhaust() {
    exhausted = true;
  }

  boolean isExhausted() {
    return exhausted;
  }
}
