package io.coffer.probe;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who may call now: so many at one host, so many for one organization, so many in all. What must
 * wait waits without a thread; whenever a call ends, the organizations take turns, so that one with
 * a thousand waiting checks does not hold up another with one.
 */
final class Permits {

  /** How far into an organization's queue a turn looks past hosts that are full. */
  private static final int LOOK_AHEAD = 256;

  private final int total;
  private final int perOrganization;
  private final int perHost;
  private final int mostWaiting;

  private final Object lock = new Object();
  private final Map<UUID, Deque<Ticket>> waiting = new LinkedHashMap<>();
  private final Map<UUID, Integer> byOrganization = new HashMap<>();
  private final Map<String, Integer> byHost = new HashMap<>();
  private int running;
  private int queued;

  Permits(int total, int perOrganization, int perHost, int mostWaiting) {
    this.total = total;
    this.perOrganization = perOrganization;
    this.perHost = perHost;
    this.mostWaiting = mostWaiting;
  }

  /** One check that waits, or did. */
  private static final class Ticket {
    private final UUID organization;
    private final String host;
    private final UniEmitter<? super Ticket> emitter;
    private boolean admitted;

    Ticket(UUID organization, String host, UniEmitter<? super Ticket> emitter) {
      this.organization = organization;
      this.host = host;
      this.emitter = emitter;
    }
  }

  /**
   * Does the work when it is its turn. While it waits it may be cancelled; once it is its turn, the
   * permit is given back when the work ends.
   *
   * @param host where it calls; empty: nowhere that counts
   * @return fails with {@link ProbeFailure.Busy} at once if too many wait
   */
  <T> Uni<T> run(UUID organization, String host, Supplier<Uni<T>> work) {
    return Uni.createFrom()
        .<Ticket>emitter(emitter -> enter(organization, host, emitter))
        .chain(
            ticket ->
                Uni.createFrom()
                    .deferred(work::get)
                    .onTermination()
                    .invoke(() -> leave(ticket.organization, ticket.host)));
  }

  private void enter(UUID organization, String host, UniEmitter<? super Ticket> emitter) {
    Ticket ticket = new Ticket(organization, host, emitter);
    boolean full;
    synchronized (lock) {
      full = queued >= mostWaiting;
      if (!full) {
        waiting.computeIfAbsent(organization, _ -> new ArrayDeque<>()).add(ticket);
        queued++;
      }
    }
    if (full) {
      emitter.fail(new ProbeFailure.Busy());
      return;
    }
    emitter.onTermination(() -> giveUp(ticket));
    admit();
  }

  private void leave(UUID organization, String host) {
    synchronized (lock) {
      running--;
      byOrganization.computeIfPresent(organization, (_, n) -> n == 1 ? null : n - 1);
      byHost.computeIfPresent(host, (_, n) -> n == 1 ? null : n - 1);
    }
    admit();
  }

  /** Somebody does not want to wait any longer. One that was admitted is not in the queue. */
  private void giveUp(Ticket ticket) {
    synchronized (lock) {
      Deque<Ticket> queue = ticket.admitted ? null : waiting.get(ticket.organization);
      if (queue != null && queue.remove(ticket)) {
        queued--;
        if (queue.isEmpty()) {
          waiting.remove(ticket.organization);
        }
      }
    }
  }

  /** Lets in whoever may; the work itself begins outside of the lock. */
  private void admit() {
    List<Ticket> admitted = new ArrayList<>();
    synchronized (lock) {
      Ticket next = next();
      while (next != null) {
        admitted.add(next);
        next = next();
      }
    }
    admitted.forEach(ticket -> ticket.emitter.complete(ticket));
  }

  private @Nullable Ticket next() {
    if (running >= total) {
      return null;
    }
    for (UUID organization : List.copyOf(waiting.keySet())) {
      Ticket ticket =
          byOrganization.getOrDefault(organization, 0) < perOrganization
              ? firstOf(organization)
              : null;
      if (ticket != null) {
        ticket.admitted = true;
        running++;
        queued--;
        byOrganization.merge(organization, 1, Integer::sum);
        byHost.merge(ticket.host, 1, Integer::sum);
        return ticket;
      }
    }
    return null;
  }

  /** The first whose host has room; the organization then goes to the end of the line. */
  private @Nullable Ticket firstOf(UUID organization) {
    Deque<Ticket> queue = waiting.getOrDefault(organization, new ArrayDeque<>());
    Iterator<Ticket> tickets = queue.iterator();
    for (int i = 0; i < LOOK_AHEAD && tickets.hasNext(); i++) {
      Ticket ticket = tickets.next();
      if (ticket.host.isEmpty() || byHost.getOrDefault(ticket.host, 0) < perHost) {
        tickets.remove();
        waiting.remove(organization);
        if (!queue.isEmpty()) {
          waiting.put(organization, queue);
        }
        return ticket;
      }
    }
    return null;
  }

  /** How many calls are under way. */
  int running() {
    synchronized (lock) {
      return running;
    }
  }

  /** How many wait. */
  int queued() {
    synchronized (lock) {
      return queued;
    }
  }
}
