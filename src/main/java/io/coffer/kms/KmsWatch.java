package io.coffer.kms;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the default key now and then, more often while something is wrong, so that the health
 * turns by itself both ways without a request and without a call per health probe.
 */
@ApplicationScoped
public class KmsWatch {

  private static final Logger LOG = Logger.getLogger(KmsWatch.class);
  private static final int AFTER_THE_CANARY = Interceptor.Priority.APPLICATION + 1000;

  private final KmsProviders providers;
  private final KmsHealth health;
  private final KmsConfig.Watch config;
  private final ScheduledExecutorService scheduler;
  private volatile boolean stopped;
  private volatile @Nullable ScheduledFuture<?> next;

  @Inject
  KmsWatch(KmsProviders providers, KmsHealth health, KmsConfig config) {
    this(providers, health, config.watch(), Infrastructure.getDefaultWorkerPool());
  }

  KmsWatch(
      KmsProviders providers,
      KmsHealth health,
      KmsConfig.Watch config,
      ScheduledExecutorService scheduler) {
    this.providers = providers;
    this.health = health;
    this.config = config;
    this.scheduler = scheduler;
  }

  void start(@Observes @Priority(AFTER_THE_CANARY) StartupEvent event) {
    if (providers.hasDefaultKey()) {
      scheduleNext();
    }
  }

  void stop(@Observes ShutdownEvent event) {
    stopped = true;
    ScheduledFuture<?> waiting = next;
    if (waiting != null) {
      waiting.cancel(false);
    }
  }

  /** Looks once; never fails, what it finds goes to the health. */
  Uni<Void> look() {
    KeyRef key = providers.defaultKey();
    return new KmsCanary(providers.of(key))
        .look(key)
        .invoke(() -> health.defaultKey(null))
        .onFailure(KmsFailure.class)
        .invoke(failure -> health.defaultKey((KmsFailure) failure))
        .onFailure()
        .invoke(failure -> LOG.warn(failure.getMessage()))
        .onFailure()
        .recoverWithNull();
  }

  private void scheduleNext() {
    if (!stopped) {
      Duration pause = health.state().up() ? config.interval() : config.intervalWhenDown();
      next =
          scheduler.schedule(
              () -> look().subscribe().with(_ -> scheduleNext()),
              pause.toMillis(),
              TimeUnit.MILLISECONDS);
    }
  }
}
