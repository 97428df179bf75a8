package io.coffer.kms;

import io.coffer.crypto.UnsealFailure;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jboss.logging.Logger;

/** What dashboards see of data keys: no ids, no organizations. */
final class KeyMetrics {

  static final String CACHE = "coffer.keys.cache";
  static final String CACHE_SIZE = "coffer.keys.cache.size";
  static final String UNSEAL_FAILURES = "coffer.keys.unseal.failures";
  static final String BACKGROUND_FAILURES = "coffer.keys.background.failures";

  private static final List<String> UNSEAL_KINDS =
      List.of(
          "length",
          "format",
          "data_key",
          "unknown_data_key",
          "foreign_data_key",
          "commitment",
          "tag",
          "binding",
          "content");
  private static final List<String> BACKGROUND_WORK = List.of("refresh", "refill");

  private static final Logger LOG = Logger.getLogger(KeyMetrics.class);

  private final MeterRegistry registry;
  private final Counter hits;
  private final Counter misses;
  private final Counter stale;

  KeyMetrics(MeterRegistry registry) {
    this.registry = registry;
    // An alert cannot see the first step of a counter that was not there before.
    UNSEAL_KINDS.forEach(kind -> unsealFailures(kind).increment(0));
    BACKGROUND_WORK.forEach(work -> backgroundFailures(work).increment(0));
    hits = cache("hit");
    misses = cache("miss");
    stale = cache("stale");
  }

  void hit() {
    hits.increment();
  }

  void miss() {
    misses.increment();
  }

  /** A use beyond the age bound, because the provider cannot be reached. */
  void stale() {
    stale.increment();
  }

  void unsealFailed(UnsealFailure failure) {
    unsealFailures(failure.kind()).increment();
  }

  /** A refresh that nobody waited for. */
  void refreshFailed(Throwable failure) {
    backgroundFailed("refresh", failure);
  }

  /** Keys could not be made ahead. */
  void refillFailed(Throwable failure) {
    backgroundFailed("refill", failure);
  }

  <T> void watchCache(T subject, ToDoubleFunction<T> size) {
    Gauge.builder(CACHE_SIZE, subject, size)
        .description("Unwrapped data keys in memory")
        .register(registry);
  }

  private void backgroundFailed(String work, Throwable failure) {
    backgroundFailures(work).increment();
    // Failures of both families name neither keys nor payloads; others are named by class alone.
    LOG.warnf(
        "%s of data keys failed: %s",
        work,
        failure instanceof KmsFailure || failure instanceof KeyFailure
            ? failure.getMessage()
            : failure.getClass().getName());
  }

  private Counter unsealFailures(String kind) {
    return Counter.builder(UNSEAL_FAILURES)
        .description("Stored values that did not open, by the check that refused them")
        .tag("kind", kind)
        .register(registry);
  }

  private Counter backgroundFailures(String work) {
    return Counter.builder(BACKGROUND_FAILURES)
        .description("Work on data keys that failed while nobody waited for it")
        .tag("work", work)
        .register(registry);
  }

  private Counter cache(String result) {
    return Counter.builder(CACHE)
        .description("Uses of data keys by where the key came from")
        .tag("result", result)
        .register(registry);
  }
}
