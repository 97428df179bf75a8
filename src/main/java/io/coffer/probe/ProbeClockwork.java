package io.coffer.probe;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Starts, now and then, what checks do by themselves: rounds, counts for dashboards, forgetting.
 */
@ApplicationScoped
class ProbeClockwork {

  private static final Logger LOG = Logger.getLogger(ProbeClockwork.class);
  private static final Duration COUNT_EVERY = Duration.ofMinutes(1);
  private static final Duration FORGET_EVERY = Duration.ofHours(1);
  private static final int FORGOTTEN_AT_ONCE = 1000;

  private final ScheduledChecks rounds;
  private final DueCredentials due;
  private final ProbesConfig config;
  private final Clock clock;
  private final MultiGauge credentials;
  private final List<Long> timers = new ArrayList<>();
  private volatile double oldestDue;

  ProbeClockwork(
      ScheduledChecks rounds,
      DueCredentials due,
      ProbesConfig config,
      Clock clock,
      MeterRegistry registry) {
    this.rounds = rounds;
    this.due = due;
    this.config = config;
    this.clock = clock;
    this.credentials =
        MultiGauge.builder("coffer.probe.credentials")
            .description("Credentials by type and verdict, counted every minute")
            .register(registry);
    Gauge.builder("coffer.probe.oldest.due", this, ProbeClockwork::oldestDue)
        .description("How long the check that has waited longest is due")
        .baseUnit("seconds")
        .register(registry);
  }

  void start(@Observes StartupEvent event, Vertx vertx) {
    if (config.schedule().enabled()) {
      every(vertx, config.schedule().poll(), rounds::round);
    }
    every(vertx, COUNT_EVERY, this::count);
    every(vertx, FORGET_EVERY, this::forget);
  }

  void stop(@Observes ShutdownEvent event, Vertx vertx) {
    timers.forEach(timer -> vertx.cancelTimer(timer));
  }

  /** In seconds, as of the last count. */
  double oldestDue() {
    return oldestDue;
  }

  /** Counts for dashboards. */
  Uni<Void> count() {
    return due.oldest()
        .invoke(seconds -> oldestDue = seconds)
        .chain(due::count)
        .invoke(
            counts ->
                credentials.register(
                    counts.stream()
                        .map(
                            count ->
                                MultiGauge.Row.of(
                                    Tags.of("type", count.type(), "verdict", count.verdict()),
                                    count.credentials()))
                        .toList(),
                    true))
        .replaceWithVoid();
  }

  /** Deletes what is older than it is kept. */
  Uni<Void> forget() {
    return Multi.createBy()
        .repeating()
        .uni(() -> due.forget(clock.instant().minus(config.history().keep()), FORGOTTEN_AT_ONCE))
        .whilst(deleted -> deleted == FORGOTTEN_AT_ONCE)
        .onItem()
        .ignoreAsUni();
  }

  /** One at a time: a round that takes long is not joined by another. */
  private void every(Vertx vertx, Duration time, Supplier<Uni<Void>> work) {
    AtomicBoolean busy = new AtomicBoolean();
    timers.add(
        vertx.setPeriodic(
            time.toMillis(),
            _ -> {
              if (busy.compareAndSet(false, true)) {
                Uni.createFrom()
                    .deferred(work::get)
                    .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                    .onTermination()
                    .invoke(() -> busy.set(false))
                    .subscribe()
                    .with(
                        _ -> {},
                        failure -> LOG.warnf("checks have stopped: %s", failure.getClass()));
              }
            }));
  }
}
