package io.coffer.kms;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells an observer how each call ended. */
final class ObservedKms extends DecoratedKms {

  private final String provider;
  private final KmsObserver observer;
  private final LongSupplier nanos;

  /**
   * @param nanos a ticker in nanoseconds
   */
  ObservedKms(Kms delegate, String provider, KmsObserver observer, LongSupplier nanos) {
    super(delegate);
    this.provider = provider;
    this.observer = observer;
    this.nanos = nanos;
  }

  @Override
  <T> Uni<T> around(KmsOperation operation, Supplier<Uni<T>> call) {
    return observed(operation, failure -> true, call);
  }

  /** The canary is refused on purpose: that would look like damaged keys on every start. */
  @Override
  <T> Uni<T> around(KmsOperation operation, KeyContext context, Supplier<Uni<T>> call) {
    boolean canary = context.purpose() == KeyPurpose.CANARY;
    return observed(operation, failure -> !(canary && failure instanceof KmsFailure.Corrupt), call);
  }

  private <T> Uni<T> observed(
      KmsOperation operation, Predicate<@Nullable Throwable> counts, Supplier<Uni<T>> call) {
    return Uni.createFrom()
        .deferred(
            () -> {
              long start = nanos.getAsLong();
              return call.get()
                  .onItemOrFailure()
                  .invoke(
                      (_, failure) -> {
                        if (counts.test(failure)) {
                          tell(operation, failure, start);
                        }
                      });
            });
  }

  private void tell(KmsOperation operation, @Nullable Throwable failure, long start) {
    Duration took = Duration.ofNanos(nanos.getAsLong() - start);
    KmsFailure kmsFailure =
        failure == null
            ? null
            : failure instanceof KmsFailure known
                ? known
                : new KmsFailure.Unexpected(operation, failure.getClass().getSimpleName());
    observer.observed(provider, operation, kmsFailure, took);
  }
}
