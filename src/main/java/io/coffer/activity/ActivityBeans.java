package io.coffer.activity;

import io.coffer.access.Recorder;
import io.coffer.web.database.OwnConnections;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/** Puts the parts of the record together. */
@ApplicationScoped
class ActivityBeans {

  private static final Logger LOG = Logger.getLogger(ActivityBeans.class);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

  /** Refusals may take up a quarter of the room that uses have. */
  private static final int SHARE_OF_REFUSALS = 4;

  private final UUID replica = UUID.randomUUID();

  @Produces
  @Singleton
  ActivityMetrics metrics(MeterRegistry registry) {
    return new ActivityMetrics(registry);
  }

  @Produces
  @Singleton
  Refusals refusals(ActivityConfig config, ActivityMetrics metrics) {
    return new Refusals(Math.max(1, config.queue() / SHARE_OF_REFUSALS), metrics);
  }

  @Produces
  @Singleton
  Outbox outbox(ActivityConfig config) {
    return new Outbox(replica, config.outbox().takeOver());
  }

  @Produces
  @Singleton
  ActivityWriter writer(
      Vertx vertx,
      OwnConnections connections,
      ActivityConfig config,
      Clock clock,
      Outbox outbox,
      Refusals refusals,
      ActivityMetrics metrics,
      Config settings) {
    Map<String, String> session = WriterConnection.session(config.deadline());
    return new ActivityWriter(
        vertx,
        () -> connections.open(session),
        config,
        clock,
        outbox,
        refusals,
        metrics,
        RecordedSettings.of(settings, config),
        Infrastructure.getDefaultExecutor());
  }

  @Produces
  @Singleton
  Recorder recorder(ActivityWriter writer, Outbox outbox, Refusals refusals) {
    return new ActivityRecorder(writer, outbox, refusals);
  }

  void start(
      @Observes StartupEvent event,
      ActivityWriter writer,
      Refusals refusals,
      ActivityConfig config,
      Clock clock,
      Vertx vertx) {
    writer.start();
    vertx.setPeriodic(
        config.joinRefusals().toMillis(),
        _ -> {
          refusals.join(clock.instant());
          writer.refusalsDue();
        });
  }

  // After everybody else has stopped; on a thread of its own, which may wait.
  void stop(
      @Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) ShutdownEvent event,
      ActivityWriter writer,
      Refusals refusals,
      Clock clock) {
    refusals.join(clock.instant());
    writer.changesDue();
    try {
      var unused =
          writer
              .stop()
              .toCompletionStage()
              .toCompletableFuture()
              .get(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.warnf("the record was not ended: %s", e.getClass().getSimpleName());
    }
  }
}
