package io.coffer.activity;

import io.coffer.activity.ActivityFailure.NotCommitted;
import io.coffer.activity.ActivityFailure.QueueFull;
import io.coffer.activity.ActivityFailure.TooLate;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.pgclient.PgConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes this replica's chain. One group is on its way at a time; what comes in meanwhile is the
 * next one. Everything but {@link #record} and the signals runs on one event loop of its own, so
 * that nothing here is locked.
 *
 * <p>Whatever goes wrong with a group, its connection is given up, its callers are refused, and a
 * new chain begins that names the last head known to be durable: whether the group was committed
 * does not matter then.
 */
final class ActivityWriter {

  private static final Logger LOG = Logger.getLogger(ActivityWriter.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
  private static final Duration PARTITIONS_EVERY = Duration.ofHours(1);

  /** When a change is looked for that was enlisted: its transaction needs a while to commit. */
  private static final long[] LOOKS_AFTER_MILLIS = {15, 150};

  private final VertxInternal vertx;
  private final ContextInternal loop;
  private final Supplier<Future<PgConnection>> opening;
  private final ActivityConfig config;
  private final Clock clock;
  private final Outbox outbox;
  private final Refusals refusals;
  private final ActivityMetrics metrics;
  private final Map<String, String> settings;
  private final WaitingQueue queue;
  private final Resuming resuming;
  private final Hashes hashes = new Hashes();
  private final AtomicBoolean awake = new AtomicBoolean(true);
  private final AtomicBoolean looking = new AtomicBoolean();
  private volatile boolean changesDue = true;

  private ChainHead chain = ChainHead.first();
  private @Nullable WriterConnection connection;
  private @Nullable Flight flight;
  private Duration pause = FIRST_PAUSE;
  private boolean stopped;
  private volatile long failingSince;
  private volatile ChainHead durable = chain;

  /** A group on its way. */
  private record Flight(List<Waiting> callers, List<EventContent> refusals, long since) {}

  /**
   * @param opening opens a connection whose commits are durable
   * @param settings what the first event of a chain tells of the configuration
   * @param elsewhere where callers without a context of Vert.x go on
   */
  ActivityWriter(
      Vertx vertx,
      Supplier<Future<PgConnection>> opening,
      ActivityConfig config,
      Clock clock,
      Outbox outbox,
      Refusals refusals,
      ActivityMetrics metrics,
      Map<String, String> settings,
      Executor elsewhere) {
    this.vertx = (VertxInternal) vertx;
    this.loop = this.vertx.createEventLoopContext();
    this.opening = opening;
    this.config = config;
    this.clock = clock;
    this.outbox = outbox;
    this.refusals = refusals;
    this.metrics = metrics;
    this.settings = Map.copyOf(settings);
    this.queue = new WaitingQueue(config.queue());
    this.resuming = new Resuming(elsewhere);
    metrics.watchQueue(queue, WaitingQueue::size);
  }

  /** Begins to work. */
  void start() {
    loop.runOnContext(_ -> connect());
    every(config.deadline().dividedBy(20), this::expire);
    every(config.outbox().poll(), this::changesDue);
    every(PARTITIONS_EVERY, this::ensurePartitions);
  }

  private void every(Duration time, Runnable work) {
    loop.setPeriodic(
        Math.max(1, time.toMillis()),
        _ -> {
          if (!stopped) {
            work.run();
          }
        });
  }

  /** Completes once the event is durable. */
  Uni<Void> record(EventContent event) {
    return Uni.createFrom().emitter(caller -> enter(event, caller));
  }

  private void enter(EventContent event, UniEmitter<? super Void> caller) {
    Context here = Vertx.currentContext();
    Waiting waiting = new Waiting(event, caller, (ContextInternal) here, System.nanoTime());
    if (queue.offer(waiting)) {
      wake();
    } else {
      metrics.refused("full", 1);
      caller.fail(new QueueFull());
    }
  }

  /** There may be changes in the outbox. */
  void changesDue() {
    changesDue = true;
    wake();
  }

  /** A change will be in the outbox as soon as its transaction commits. */
  void changeEnlisted() {
    if (looking.compareAndSet(false, true)) {
      for (long millis : LOOKS_AFTER_MILLIS) {
        vertx.setTimer(
            millis,
            _ -> {
              looking.set(false);
              changesDue();
            });
      }
    }
  }

  /** There may be refusals to be recorded. */
  void refusalsDue() {
    wake();
  }

  /** The last event of this replica that is durable. */
  ChainHead durable() {
    return durable;
  }

  /** Since when nothing could be recorded, in nanoseconds; 0: all is well. */
  long failingSince() {
    return failingSince;
  }

  int waiting() {
    return queue.size();
  }

  private void wake() {
    if (awake.compareAndSet(false, true)) {
      loop.runOnContext(_ -> work());
    }
  }

  private void work() {
    WriterConnection current = connection;
    if (flight != null || current == null) {
      // The end of the flight, or the connection, leads back here.
      return;
    }
    boolean changes = changesDue;
    changesDue = false;
    List<Waiting> callers = queue.take(config.group());
    List<EventContent> joined = refusals.take(config.group());
    if (callers.isEmpty() && joined.isEmpty() && !changes && !chain.isNew()) {
      awake.set(false);
      if (!queue.isEmpty() || changesDue || !refusals.isEmpty()) {
        wake();
      }
      return;
    }
    fly(current, new Flight(callers, joined, System.nanoTime()), changes);
  }

  private void fly(WriterConnection current, Flight group, boolean changes) {
    flight = group;
    List<EventContent> events = events(group);
    ChainHead after = chain;
    long time = Math.max(after.time(), current.now());
    Future<LinkedGroup> writing =
        changes
            ? current.insertWithChanges(
                outbox,
                taken -> {
                  if (taken.size() == Outbox.MOST) {
                    changesDue = true;
                  }
                  events.addAll(taken);
                  return LinkedGroup.link(after, events, time, hashes);
                })
            : current.insert(LinkedGroup.link(after, events, time, hashes));
    writing.onComplete(
        result -> {
          if (flight != group) {
            // It took too long and was given up; its callers were refused.
            return;
          }
          if (result.succeeded()) {
            landed(group, result.result());
          } else {
            failed(result.cause());
          }
        });
  }

  private List<EventContent> events(Flight group) {
    List<EventContent> events = new ArrayList<>();
    if (chain.isNew()) {
      events.add(chain.start(clock.instant(), settings));
    }
    for (Waiting caller : group.callers()) {
      if (!caller.isOver()) {
        events.add(caller.event());
      }
    }
    events.addAll(group.refusals());
    return events;
  }

  private void landed(Flight group, LinkedGroup written) {
    flight = null;
    if (chain.isNew()) {
      metrics.chainBegun();
    }
    chain = written.head();
    durable = chain;
    failingSince = 0;
    pause = FIRST_PAUSE;
    resuming.resume(group.callers(), null);
    metrics.flushed(written.size(), System.nanoTime() - group.since());
    work();
  }

  private void failed(Throwable cause) {
    // The client's own messages quote parameters.
    LOG.warnf("a group was not recorded: %s", Trouble.nameOf(cause));
    Flight group = flight;
    flight = null;
    chain = chain.next();
    if (failingSince == 0) {
      failingSince = System.nanoTime();
    }
    if (connection != null) {
      connection.giveUp();
      connection = null;
    }
    changesDue = true;
    if (group != null) {
      refusals.giveBack(group.refusals());
      metrics.refused("failed", group.callers().size());
      resuming.resume(group.callers(), new NotCommitted());
    }
    connectLater();
  }

  private void connectLater() {
    if (!stopped) {
      long now = pause.toMillis();
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0
              ? LONGEST_PAUSE
              : pause.multipliedBy(2);
      vertx.setTimer(now, _ -> loop.runOnContext(_ -> connect()));
    }
  }

  private void connect() {
    WriterConnection.open(opening, clock)
        .onComplete(
            opened -> {
              if (opened.failed()) {
                failed(opened.cause());
              } else if (stopped) {
                opened.result().giveUp();
              } else {
                connected(opened.result());
              }
            });
  }

  private void connected(WriterConnection opened) {
    connection = opened;
    opened
        .sql()
        .closeHandler(
            _ -> {
              if (connection == opened) {
                failed(new IllegalStateException("the connection was closed"));
              }
            });
    work();
  }

  /** Ends the waits that have become too long, and with it a flight that nobody can wait for. */
  private void expire() {
    long latest = System.nanoTime() - config.deadline().toNanos();
    List<Waiting> late = queue.takeSince(latest);
    Flight group = flight;
    if (group != null) {
      group.callers().stream()
          .filter(caller -> !caller.isOver() && caller.since() - latest < 0)
          .forEach(late::add);
    }
    if (!late.isEmpty()) {
      metrics.refused("late", late.size());
      resuming.resume(late, new TooLate());
    }
    if (group != null && group.since() - latest < 0) {
      failed(new TooLate());
    }
  }

  /** On another connection: this one may be in a transaction. */
  private void ensurePartitions() {
    WriterConnection.open(opening, clock)
        .onSuccess(WriterConnection::giveUp)
        .onFailure(
            failure ->
                LOG.errorf(
                    "the next month's part of the table was not made: %s",
                    Trouble.nameOf(failure)));
  }

  /** Ends the work; what waits is refused. Completes when nothing is under way. */
  Future<Void> stop() {
    Promise<Void> done = Promise.promise();
    loop.runOnContext(_ -> end(done));
    return done.future();
  }

  /** Ends the work whatever is under way: its callers never hear of it again. */
  Future<Void> stopAtOnce() {
    Promise<Void> done = Promise.promise();
    loop.runOnContext(
        _ -> {
          stopped = true;
          flight = null;
          connection = null;
          done.complete();
        });
    return done.future();
  }

  private void end(Promise<Void> done) {
    if (flight != null) {
      loop.setTimer(5, _ -> end(done));
      return;
    }
    stopped = true;
    resuming.resume(queue.take(Integer.MAX_VALUE), new NotCommitted());
    if (connection != null) {
      WriterConnection last = connection;
      connection = null;
      last.sql().close().onComplete(_ -> done.complete());
    } else {
      done.complete();
    }
  }
}
