package io.coffer.egress;

import io.coffer.egress.EgressFailure.Timeout;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Lets code that blocks, drivers of databases above all, speak with a place that a user named: on a
 * virtual thread, through guarded sockets, and with an end. At the deadline the caller is answered,
 * every socket is closed and the thread interrupted; the place among those at once is free when the
 * thread has really ended.
 */
public final class GuardedSockets implements AutoCloseable {

  private final EgressGuard guard;
  private final EgressConfig.Sockets config;
  private final Turns turns;
  private final Set<SocketSession> sessions = ConcurrentHashMap.newKeySet();
  private final ScheduledThreadPoolExecutor clock;

  /** What is done in a conversation; runs on a virtual thread and may block. */
  @FunctionalInterface
  public interface Conversation<T> {
    T hold(SocketSession session) throws Exception;
  }

  GuardedSockets(EgressGuard guard, EgressConfig.Sockets config, MeterRegistry registry) {
    this.guard = guard;
    this.config = config;
    this.turns = new Turns(config);
    clock =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("egress-deadlines").factory());
    clock.setRemoveOnCancelPolicy(true);
    Gauge.builder("coffer.egress.conversations", sessions, Set::size)
        .description("Conversations with databases and other servers under way")
        .register(registry);
    Gauge.builder("coffer.egress.sockets", this, GuardedSockets::openSockets)
        .description("Sockets that these conversations hold open")
        .register(registry);
  }

  /**
   * Holds a conversation. Nothing begins before there is a subscriber, and one that cancels ends
   * it.
   *
   * @param deadline how long all of it may take, from the look-up of the name on
   * @param bytes how many bytes it may read in all
   * @return what the conversation gives; fails with {@link EgressFailure} if the guard saw what
   *     went wrong, else with what the conversation throws
   */
  public <T> Uni<T> hold(
      Destination destination, Duration deadline, long bytes, Conversation<T> conversation) {
    return Uni.createFrom()
        .<T>emitter(
            emitter ->
                new Run<>(destination, System.nanoTime() + deadline.toNanos(), bytes, conversation)
                    .start(emitter));
  }

  int openSockets() {
    return sessions.stream().mapToInt(SocketSession::openSockets).sum();
  }

  int conversations() {
    return sessions.size();
  }

  ScheduledExecutorService clock() {
    return clock;
  }

  @Override
  public void close() {
    var unused = clock.shutdownNow();
    sessions.forEach(SocketSession::closeAll);
  }

  /** One conversation, from its thread's begin to its end. */
  private final class Run<T> {
    private final Destination destination;
    private final long end;
    private final long bytes;
    private final Conversation<T> conversation;
    private volatile boolean ended;

    Run(Destination destination, long end, long bytes, Conversation<T> conversation) {
      this.destination = destination;
      this.end = end;
      this.bytes = bytes;
      this.conversation = conversation;
    }

    void start(UniEmitter<? super T> emitter) {
      Thread thread = Thread.ofVirtual().name("egress-conversation").unstarted(() -> run(emitter));
      ScheduledFuture<?> alarm =
          clock.schedule(() -> emitter.fail(new Timeout()), left(), TimeUnit.NANOSECONDS);
      emitter.onTermination(
          () -> {
            alarm.cancel(false);
            if (!ended) {
              thread.interrupt();
            }
          });
      thread.start();
    }

    private void run(UniEmitter<? super T> emitter) {
      try {
        T result = inTurn();
        ended = true;
        emitter.complete(result);
      } catch (InterruptedException e) {
        ended = true;
        emitter.fail(new Timeout());
      } catch (Throwable e) {
        ended = true;
        emitter.fail(e);
      }
    }

    private T inTurn() throws Exception {
      String place = destination.host() + ':' + destination.port();
      try (Turns.Turn turn = turns.take(place, left())) {
        return converse(guard.admitNow(destination));
      }
    }

    private T converse(Target target) throws Exception {
      SocketSession session = new SocketSession(guard, target, config.connectTimeout(), end, bytes);
      sessions.add(session);
      // Closes the sockets though the thread should not react to its interruption.
      ScheduledFuture<?> closing = clock.schedule(session::expire, left(), TimeUnit.NANOSECONDS);
      try {
        return ScopedValue.where(SocketSession.CURRENT, session)
            .call(() -> conversation.hold(session));
      } catch (Exception e) {
        throw session.failure().isPresent() ? session.failure().get() : e;
      } finally {
        closing.cancel(false);
        session.closeAll();
        sessions.remove(session);
      }
    }

    private long left() {
      return Math.max(0, end - System.nanoTime());
    }
  }
}
