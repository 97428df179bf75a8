package io.coffer.activity;

import io.coffer.access.AccessEvent;
import io.coffer.access.AccessEvent.Outcome;
import io.coffer.access.Actor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Refusals and failed log-ins, for which nobody waits: equal ones within a time become one event
 * with a count. A flood of different ones is counted and no more, so that nobody can drive the
 * others' events out.
 */
final class Refusals {

  private static final String DROPPED = "refusals_dropped";

  private final int bound;
  private final ActivityMetrics metrics;
  private final AtomicInteger size = new AtomicInteger();
  private final AtomicLong dropped = new AtomicLong();
  private final Map<Key, Joined> open = new ConcurrentHashMap<>();
  private final Queue<EventContent> ready = new ConcurrentLinkedQueue<>();

  /** What makes refusals equal: who was refused what on which thing, and why. */
  private record Key(
      @Nullable String issuer,
      @Nullable String subject,
      @Nullable String address,
      @Nullable UUID organization,
      @Nullable UUID target,
      String action,
      @Nullable String reason) {

    static Key of(AccessEvent event) {
      Actor actor = event.actor();
      return new Key(
          actor == null ? null : actor.issuer(),
          actor == null ? null : actor.subject(),
          actor == null ? event.origin().clientAddress() : null,
          event.organization(),
          event.target() == null ? null : event.target().id(),
          event.action(),
          event.reason());
    }
  }

  /** Equal refusals: the first of them, and how many there were. */
  private record Joined(AccessEvent first, AtomicLong count) {}

  /**
   * @param bound how many different ones may wait
   */
  Refusals(int bound, ActivityMetrics metrics) {
    this.bound = bound;
    this.metrics = metrics;
  }

  void note(AccessEvent event) {
    Joined joined = open.computeIfAbsent(Key.of(event), _ -> begin(event));
    if (joined == null) {
      dropped.incrementAndGet();
      metrics.dropped(1);
    } else {
      joined.count().incrementAndGet();
    }
  }

  /** Null if there are too many. */
  @SuppressWarnings("NullAway") // A null keeps the map as it is: java.util.Map, computeIfAbsent.
  private Joined begin(AccessEvent event) {
    if (size.incrementAndGet() > bound) {
      size.decrementAndGet();
      return null;
    }
    return new Joined(event, new AtomicLong());
  }

  /** Ends the time within which refusals are joined: what came in is ready to be recorded. */
  void join(Instant now) {
    for (Key key : List.copyOf(open.keySet())) {
      Joined joined = open.remove(key);
      if (joined != null) {
        long count = joined.count().get();
        ready.add(EventContent.of(joined.first().with(Map.of("count", Long.toString(count)))));
      }
    }
    long lost = dropped.getAndSet(0);
    if (lost > 0) {
      size.incrementAndGet();
      ready.add(
          EventContent.of(
              AccessEvent.byCoffer(DROPPED, now, Outcome.FAILED)
                  .with(Map.of("count", Long.toString(lost)))));
    }
  }

  /** Takes those that have been ready longest. */
  List<EventContent> take(int most) {
    List<EventContent> taken = new ArrayList<>();
    while (taken.size() < most) {
      EventContent next = ready.poll();
      if (next == null) {
        break;
      }
      taken.add(next);
    }
    size.addAndGet(-taken.size());
    return taken;
  }

  /** What could not be recorded is to be recorded later, perhaps twice. */
  void giveBack(List<EventContent> events) {
    size.addAndGet(events.size());
    ready.addAll(events);
  }

  boolean isEmpty() {
    return ready.isEmpty();
  }

  int size() {
    return size.get();
  }
}
