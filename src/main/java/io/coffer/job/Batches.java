package io.coffer.job;

import io.coffer.access.AccessEvent;
import io.coffer.access.Caller;
import io.coffer.access.Denied;
import io.coffer.access.Recorder;
import io.coffer.credential.Probeables;
import io.coffer.probe.BatchChecks;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Orders batches of checks, tells how they go, and ends them. */
@ApplicationScoped
class Batches {

  /** How often a stream looks for news. */
  private static final Duration LOOK = Duration.ofMillis(500);

  /** A stream ends after so many looks; its reader comes back with the last event's id. */
  private static final int MOST_LOOKS = 1200;

  /** How many streams one replica serves. */
  private static final int MOST_STREAMS = 200;

  private static final int AT_ONCE = 200;

  private final BatchStore store;
  private final JobRunner runner;
  private final Recorder recorder;
  private final Clock clock;
  private final AtomicInteger streams = new AtomicInteger();
  private volatile long timer = -1;

  Batches(
      BatchStore store,
      JobStore jobs,
      Probeables credentials,
      BatchChecks checks,
      JobsConfig config,
      Recorder recorder,
      Clock clock) {
    this.store = store;
    this.recorder = recorder;
    this.clock = clock;
    // Of its own: a re-wrap of all keys takes long, and must not be waited for.
    this.runner =
        new JobRunner(
            jobs,
            List.of(new BatchWork(store, credentials, checks, clock)),
            config,
            JobBeans::after);
  }

  void start(@Observes StartupEvent event, JobsConfig config, Vertx vertx) {
    timer = vertx.setPeriodic(config.poll().toMillis(), _ -> runner.wake());
  }

  void stop(@Observes ShutdownEvent event, Vertx vertx) {
    boolean _ = vertx.cancelTimer(timer);
  }

  /** Orders a batch, which begins at once. */
  Uni<BatchView> order(Caller caller, Probeables.Selection selection) {
    return store
        .create(
            caller,
            selection,
            (transaction, job) -> recorder.enlist(transaction, event(caller, job)))
        .map(created -> created.orElseThrow(JobFailure.TooMany::new))
        .invoke(runner::wake)
        .chain(id -> find(caller, id));
  }

  private AccessEvent event(Caller caller, UUID job) {
    return AccessEvent.done(caller, "credentials.probe", clock.instant())
        .about(AccessEvent.Target.of("job", job));
  }

  /** How it goes; nobody but who ordered it learns of it. */
  Uni<BatchView> find(Caller caller, UUID id) {
    return store.find(caller, id).map(found -> found.orElseThrow(Denied.NotVisible::new));
  }

  /** Ends it. */
  Uni<BatchView> cancel(Caller caller, UUID id) {
    return find(caller, id).call(() -> store.cancel(id)).chain(() -> find(caller, id));
  }

  /** What has come of it, after the outcome of that number. */
  Uni<BatchView.Items> outcomes(Caller caller, UUID id, long after, int most) {
    return find(caller, id)
        .chain(() -> store.outcomes(id, after, most))
        .map(
            items ->
                new BatchView.Items(
                    items,
                    items.size() < most ? null : String.valueOf(items.getLast().sequence())));
  }

  /**
   * What is new.
   *
   * @param outcomes those that came since
   * @param batch how it goes
   */
  record News(List<BatchView.Item> outcomes, BatchView batch) {

    /** Whether nothing more will come. */
    boolean isLast() {
      return batch.isOver() && outcomes.size() < AT_ONCE;
    }
  }

  /** Whatever comes of it after that number, until it is over. */
  Multi<News> news(Caller caller, UUID id, long after) {
    AtomicLong last = new AtomicLong(after);
    AtomicBoolean ended = new AtomicBoolean();
    return Multi.createBy()
        .repeating()
        .uni(() -> look(caller, id, last.get()))
        .withDelay(LOOK)
        // One more look than there is to tell: the last word itself is told.
        .until(news -> ended.getAndSet(news.isLast()))
        .select()
        .first(MOST_LOOKS)
        .invoke(
            news -> {
              if (!news.outcomes().isEmpty()) {
                last.set(news.outcomes().getLast().sequence());
              }
            });
  }

  private Uni<News> look(Caller caller, UUID id, long after) {
    // In this order: what is over has no more outcomes than are found afterwards.
    return find(caller, id)
        .flatMap(batch -> store.outcomes(id, after, AT_ONCE).map(items -> new News(items, batch)));
  }

  /** Takes a place for a stream, to be left again. */
  void enter() {
    if (streams.incrementAndGet() > MOST_STREAMS) {
      streams.decrementAndGet();
      throw new JobFailure.TooMany();
    }
  }

  void leave() {
    streams.decrementAndGet();
  }
}
