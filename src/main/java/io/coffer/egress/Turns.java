package io.coffer.egress;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How many conversations there are at once, in all and with one place. */
final class Turns {

  private final Semaphore places;
  private final Semaphore all;
  private final int perTarget;
  private final Duration patience;
  private final ConcurrentMap<String, Place> targets = new ConcurrentHashMap<>();

  /** A place that somebody speaks with or waits for; forgotten when nobody does. */
  private static final class Place {
    private final Semaphore turns;
    private int users;

    Place(int atOnce) {
      this.turns = new Semaphore(atOnce);
    }
  }

  Turns(EgressConfig.Sockets config) {
    this.places = new Semaphore(config.atOnce() + config.waiting());
    this.all = new Semaphore(config.atOnce());
    this.perTarget = config.perTarget();
    this.patience = config.turn();
  }

  /**
   * Waits for a turn, the place's own before one of all: who waits for a busy place holds up nobody
   * else.
   *
   * @param left for how many nanoseconds at most
   * @throws EgressFailure.Busy if there is none in time, or too many wait already
   */
  Turn take(String target, long left) throws InterruptedException {
    if (!places.tryAcquire()) {
      throw new EgressFailure.Busy();
    }
    long end = System.nanoTime() + Math.min(left, patience.toNanos());
    Place place = targets.compute(target, (_, known) -> joined(known));
    int taken = 0;
    try {
      if (!place.turns.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        throw new EgressFailure.Busy();
      }
      taken = 1;
      if (!all.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        throw new EgressFailure.Busy();
      }
      taken = 2;
      return new Turn(target, place);
    } finally {
      if (taken < 2) {
        leave(target, place, taken == 1);
      }
    }
  }

  private Place joined(@Nullable Place known) {
    Place place = known == null ? new Place(perTarget) : known;
    place.users++;
    return place;
  }

  private void leave(String target, Place place, boolean hadTurn) {
    if (hadTurn) {
      place.turns.release();
    }
    targets.computeIfPresent(target, (_, known) -> --known.users == 0 ? null : known);
    places.release();
  }

  /** How many places are remembered. */
  int remembered() {
    return targets.size();
  }

  /** A turn, until it is closed. */
  final class Turn implements AutoCloseable {
    private final String target;
    private final Place place;

    private Turn(String target, Place place) {
      this.target = target;
      this.place = place;
    }

    @Override
    public void close() {
      all.release();
      leave(target, place, true);
    }
  }
}
