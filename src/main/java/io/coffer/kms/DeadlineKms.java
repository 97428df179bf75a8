package io.coffer.kms;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

/** Gives every call a deadline, after which the call is cancelled and fails as unavailable. */
final class DeadlineKms extends DecoratedKms {

  private final Duration deadline;
  private final ScheduledExecutorService scheduler;

  DeadlineKms(Kms delegate, Duration deadline, ScheduledExecutorService scheduler) {
    super(delegate);
    this.deadline = deadline;
    this.scheduler = scheduler;
  }

  @Override
  <T> Uni<T> around(KmsOperation operation, Supplier<Uni<T>> call) {
    return Uni.createFrom()
        .deferred(call::get)
        .ifNoItem()
        .after(deadline)
        .on(scheduler)
        .failWith(() -> new KmsFailure.Unavailable(operation, "no answer within " + deadline));
  }
}
