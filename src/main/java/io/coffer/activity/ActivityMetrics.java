package io.coffer.activity;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What dashboards see of the record: no ids, no organizations. */
final class ActivityMetrics {

  private static final List<String> REFUSALS = List.of("full", "late", "failed");

  private final MeterRegistry registry;
  private final Timer flushes;
  private final DistributionSummary groups;
  private final Counter chains;
  private final Counter dropped;
  private final Counter checkpoints;

  ActivityMetrics(MeterRegistry registry) {
    this.registry = registry;
    flushes =
        Timer.builder("coffer.activity.flush.duration")
            .description("Time that groups of events take to become durable")
            .publishPercentileHistogram()
            .minimumExpectedValue(Duration.ofNanos(100_000))
            .maximumExpectedValue(Duration.ofSeconds(10))
            .register(registry);
    groups =
        DistributionSummary.builder("coffer.activity.group.size")
            .description("Events that one commit made durable")
            .register(registry);
    chains =
        Counter.builder("coffer.activity.chains")
            .description("Chains begun: one at the start, one after each failure")
            .register(registry);
    dropped =
        Counter.builder("coffer.activity.dropped")
            .description("Refusals that were counted and not recorded one by one")
            .register(registry);
    checkpoints =
        Counter.builder("coffer.activity.checkpoints")
            .description("Checkpoints that this replica made")
            .register(registry);
    // An alert cannot see the first step of a counter that was not there before.
    REFUSALS.forEach(reason -> refused(reason, 0));
  }

  void flushed(int events, long nanos) {
    if (events > 0) {
      flushes.record(Duration.ofNanos(nanos));
      groups.record(events);
    }
  }

  void chainBegun() {
    chains.increment();
  }

  void dropped(int refusals) {
    dropped.increment(refusals);
  }

  void checkpointMade() {
    checkpoints.increment();
  }

  /** Callers that got no record. */
  void refused(String reason, int callers) {
    Counter.builder("coffer.activity.unrecorded")
        .description("Callers that were refused because their event was not recorded")
        .tag("reason", reason)
        .register(registry)
        .increment(callers);
  }

  <T> void watchQueue(T subject, ToDoubleFunction<T> size) {
    Gauge.builder("coffer.activity.queue", subject, size)
        .description("Events that wait to be recorded")
        .register(registry);
  }

  <T> void watchOutbox(T subject, ToDoubleFunction<T> seconds) {
    Gauge.builder("coffer.activity.outbox.age", subject, seconds)
        .description("How long the oldest change waits to be linked")
        .baseUnit("seconds")
        .register(registry);
  }

  <T> void watchCheckpoint(T subject, ToDoubleFunction<T> seconds) {
    Gauge.builder("coffer.activity.checkpoint.age", subject, seconds)
        .description("For how long events of this replica are in no checkpoint")
        .baseUnit("seconds")
        .register(registry);
  }
}
