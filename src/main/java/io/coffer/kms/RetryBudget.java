package io.coffer.kms;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds how much of the traffic may be retries: each retry takes one token, each success gives a
 * tenth back, so that a provider in trouble is not asked many times over.
 */
final class RetryBudget {

  private static final int TENTHS = 10;

  private final int capacity;
  private final AtomicInteger tenths;

  /**
   * @param retries how many retries may be made without a success between them
   */
  RetryBudget(int retries) {
    this.capacity = retries * TENTHS;
    this.tenths = new AtomicInteger(capacity);
  }

  /** Takes one retry, if there is one left. */
  boolean take() {
    int before = tenths.getAndUpdate(left -> left >= TENTHS ? left - TENTHS : left);
    return before >= TENTHS;
  }

  void success() {
    tenths.getAndUpdate(left -> Math.min(capacity, left + 1));
  }
}
