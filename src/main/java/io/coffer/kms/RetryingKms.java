package io.coffer.kms;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Repeats calls whose failure says that a repetition may help: few times, after a random part of an
 * exponentially growing pause, and only while the budget lasts. The only place that retries: the
 * providers' own clients are told not to.
 */
final class RetryingKms extends DecoratedKms {

  /**
   * How often and how soon.
   *
   * @param attempts the most calls made for one request, at least 1
   * @param firstPause the upper bound of the first pause
   * @param longestPause the upper bound of every pause
   */
  record Policy(int attempts, Duration firstPause, Duration longestPause) {

    /** The pause before the attempt after this one: anything up to the doubled one before. */
    Duration pauseAfter(int attempt, RandomGenerator random) {
      long doubled = firstPause.toMillis() << Math.min(attempt - 1, 20);
      long bound = Math.max(1, Math.min(doubled, longestPause.toMillis()));
      return Duration.ofMillis(random.nextLong(1, bound + 1));
    }
  }

  private final Policy policy;
  private final RetryBudget budget;
  private final ScheduledExecutorService scheduler;
  private final RandomGenerator random;

  RetryingKms(
      Kms delegate,
      Policy policy,
      RetryBudget budget,
      ScheduledExecutorService scheduler,
      RandomGenerator random) {
    super(delegate);
    this.policy = policy;
    this.budget = budget;
    this.scheduler = scheduler;
    this.random = random;
  }

  @Override
  <T> Uni<T> around(KmsOperation operation, Supplier<Uni<T>> call) {
    return attempt(call, 1);
  }

  private <T> Uni<T> attempt(Supplier<Uni<T>> call, int number) {
    return Uni.createFrom()
        .deferred(call::get)
        .invoke(budget::success)
        .onFailure(failure -> mayRepeat(failure, number))
        .recoverWithUni(_ -> pause(number).chain(() -> attempt(call, number + 1)));
  }

  private boolean mayRepeat(Throwable failure, int number) {
    return failure instanceof KmsFailure kmsFailure
        && kmsFailure.retryable()
        && number < policy.attempts()
        && budget.take();
  }

  private Uni<Void> pause(int number) {
    return Uni.createFrom()
        .voidItem()
        .onItem()
        .delayIt()
        .onExecutor(scheduler)
        .by(policy.pauseAfter(number, random));
  }
}
