package io.coffer.job;

import io.coffer.kms.Rewrapping;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/** Puts the jobs together, and looks for work now and then. */
@ApplicationScoped
class JobBeans {

  private volatile long timer = -1;

  @Produces
  @Singleton
  JobRunner runner(JobStore store, Rewrapping rewrapping, JobsConfig config) {
    return new JobRunner(
        store, List.of(new RewrapWork(rewrapping, config.rewrapRate())), config, JobBeans::after);
  }

  void start(@Observes StartupEvent event, JobRunner runner, JobsConfig config, Vertx vertx) {
    timer = vertx.setPeriodic(config.poll().toMillis(), _ -> runner.wake());
  }

  void stop(@Observes ShutdownEvent event, Vertx vertx) {
    boolean _ = vertx.cancelTimer(timer);
  }

  static Uni<Void> after(Duration time) {
    Uni<Void> now = Uni.createFrom().voidItem();
    return time.isZero() ? now : now.onItem().delayIt().by(time);
  }
}
