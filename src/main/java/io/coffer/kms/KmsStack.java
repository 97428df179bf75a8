package io.coffer.kms;

import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** Wraps an adapter in everything that a call needs, in the one order that is right. */
final class KmsStack {

  private final KmsConfig config;
  private final KmsObserver perCall;
  private final KmsObserver perRequest;
  private final ScheduledExecutorService scheduler;
  private final RandomGenerator random;
  private final LongSupplier nanos;

  /**
   * @param perCall is told of every call to the provider
   * @param perRequest is told of every request, after its retries
   */
  KmsStack(
      KmsConfig config,
      KmsObserver perCall,
      KmsObserver perRequest,
      ScheduledExecutorService scheduler,
      RandomGenerator random,
      LongSupplier nanos) {
    this.config = config;
    this.perCall = perCall;
    this.perRequest = perRequest;
    this.scheduler = scheduler;
    this.random = random;
    this.nanos = nanos;
  }

  Kms around(String provider, Kms adapter) {
    KmsConfig.Retry retry = config.retry();
    RetryingKms.Policy policy =
        new RetryingKms.Policy(retry.attempts(), retry.firstPause(), retry.longestPause());
    Kms call = new DeadlineKms(new CheckedKms(adapter), config.attemptDeadline(), scheduler);
    Kms observedCall = new ObservedKms(call, provider, perCall, nanos);
    Kms repeated =
        new RetryingKms(observedCall, policy, new RetryBudget(retry.budget()), scheduler, random);
    Kms request = new DeadlineKms(repeated, config.deadline(), scheduler);
    return new CallerContextKms(new ObservedKms(request, provider, perRequest, nanos));
  }
}
