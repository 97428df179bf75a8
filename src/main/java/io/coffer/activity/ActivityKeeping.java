package io.coffer.activity;

import io.coffer.kms.RowTags;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** What keeps the record besides writing it: checkpoints, the end of old months, a look around. */
@ApplicationScoped
class ActivityKeeping {

  private static final Logger LOG = Logger.getLogger(ActivityKeeping.class);
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration RETENTION_EVERY = Duration.ofHours(1);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(15);

  private static final String OLDEST_CHANGE =
      "select coalesce(extract(epoch from clock_timestamp() - min(created_at)), 0)::float8"
          + " from activity_outbox";

  private final UUID owner = UUID.randomUUID();
  private final Pool pool;
  private final RowTags tags;
  private final ActivityWriter writer;
  private final ActivityConfig config;
  private final Clock clock;
  private final Checkpoints checkpoints;
  private final AtomicBoolean making = new AtomicBoolean();
  private volatile boolean stopped;
  private volatile long lastMade = System.nanoTime();
  private volatile long lastBound = System.nanoTime();
  private volatile long sequenceThen;
  private volatile double outboxAge;

  ActivityKeeping(
      Pool pool,
      RowTags tags,
      ActivityWriter writer,
      ActivityConfig config,
      ActivityMetrics metrics,
      Clock clock) {
    this.pool = pool;
    this.tags = tags;
    this.writer = writer;
    this.config = config;
    this.clock = clock;
    this.checkpoints =
        new Checkpoints(
            new CheckpointStore(pool),
            tags,
            new Lease(pool, "checkpoint", owner, config.checkpoint().lease()),
            metrics,
            clock,
            config.checkpoint().log());
    metrics.watchOutbox(this, it -> it.outboxAge);
    metrics.watchCheckpoint(this, ActivityKeeping::unboundSeconds);
  }

  void start(@Observes StartupEvent event, Vertx vertx) {
    every(vertx, TICK, this::checkpointIfDue);
    every(vertx, LOOK_EVERY, this::lookAtOutbox);
    if (config.keepMonths().isPresent()) {
      every(vertx, RETENTION_EVERY, this::dropOldMonths);
    }
  }

  void stop(@Observes ShutdownEvent event) {
    stopped = true;
  }

  private void every(Vertx vertx, Duration time, Runnable work) {
    vertx.setPeriodic(
        time.toMillis(),
        _ -> {
          if (!stopped) {
            work.run();
          }
        });
  }

  /** For how long events of this replica have been in no checkpoint. */
  private double unboundSeconds() {
    ChainHead head = writer.durable();
    return checkpoints.binds(head.writer(), head.sequence())
        ? 0
        : (System.nanoTime() - lastBound) / 1e9;
  }

  private void checkpointIfDue() {
    ChainHead head = writer.durable();
    long now = System.nanoTime();
    if (checkpoints.binds(head.writer(), head.sequence())) {
      lastBound = now;
    }
    boolean many = head.sequence() - sequenceThen >= config.checkpoint().events();
    boolean due = now - lastMade >= config.checkpoint().interval().toNanos();
    if ((due || many) && making.compareAndSet(false, true)) {
      lastMade = now;
      sequenceThen = head.sequence();
      inBackground(
          "a checkpoint", checkpoints.make().onTermination().invoke(() -> making.set(false)));
    }
  }

  private void dropOldMonths() {
    Lease lease = new Lease(pool, "retention", owner, RETENTION_EVERY);
    inBackground(
        "the end of old months",
        new Retention(pool, tags, lease, clock, Math.max(0, config.keepMonths().orElseThrow()))
            .run());
  }

  private void lookAtOutbox() {
    inBackground(
        "a look at the outbox",
        pool.query(OLDEST_CHANGE)
            .execute()
            .invoke(rows -> outboxAge = rows.iterator().next().getDouble(0)));
  }

  private static void inBackground(String what, Uni<?> work) {
    var unused =
        work.subscribe()
            .with(_ -> {}, failure -> LOG.warnf("%s failed: %s", what, Trouble.nameOf(failure)));
  }
}
