package io.coffer.kms;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Counts and times every call that goes to a provider, retries included. */
final class KmsMetrics implements KmsObserver {

  static final String CALLS = "coffer.kms.calls";
  static final String LATENCY = "coffer.kms.latency";

  private final MeterRegistry registry;

  KmsMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void observed(
      String provider, KmsOperation operation, @Nullable KmsFailure failure, Duration took) {
    String outcome = failure == null ? "ok" : failure.label();
    Counter.builder(CALLS)
        .description("Calls to the key management service, retries included, by how they ended")
        .tags("provider", provider, "operation", operation.label(), "outcome", outcome)
        .register(registry)
        .increment();
    Timer.builder(LATENCY)
        .description("Time that calls to the key management service take")
        .tags("provider", provider, "operation", operation.label())
        .publishPercentileHistogram()
        .minimumExpectedValue(Duration.ofMillis(1))
        .maximumExpectedValue(Duration.ofSeconds(10))
        .register(registry)
        .record(took);
  }
}
