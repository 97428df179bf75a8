package io.coffer.probe.http;

import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Remembers which places refuse a random value. Where one takes any, its taking ours shows nothing:
 * a list that is public, a gateway that does not look, a route that has moved.
 */
final class Controls {

  private static final int MOST_PLACES = 4_096;
  private static final Duration REFUSED_FOR = Duration.ofHours(24);
  private static final Duration TAKEN_FOR = Duration.ofHours(1);

  private final Clock clock;
  private final ConcurrentHashMap<Place, Entry> entries = new ConcurrentHashMap<>();

  Controls(Clock clock) {
    this.clock = clock;
  }

  /** What a place did with a random value. */
  enum Result {
    REFUSED,
    TAKEN,
    /** It was not reached, or answered something else. */
    UNCLEAR
  }

  /**
   * Where and how.
   *
   * @param organization for whom: what it reaches may differ
   * @param probe which declaration
   * @param address scheme, host and port
   */
  record Place(UUID organization, String probe, String address) {}

  private record Entry(Uni<Result> result, Instant until) {}

  /** What the place did lately, or does now; those who ask at once wait for one call. */
  Uni<Result> at(Place place, Supplier<Uni<Result>> call) {
    Instant now = clock.instant();
    if (entries.size() >= MOST_PLACES) {
      entries.values().removeIf(entry -> entry.until.isBefore(now));
      if (entries.size() >= MOST_PLACES) {
        entries.clear();
      }
    }
    return entries.compute(
            place,
            (_, known) ->
                known != null && known.until.isAfter(now) ? known : asked(place, call, now))
        .result;
  }

  private Entry asked(Place place, Supplier<Uni<Result>> call, Instant now) {
    Uni<Result> result =
        Uni.createFrom()
            .deferred(() -> call.get())
            .onFailure()
            .recoverWithItem(Result.UNCLEAR)
            .onCancellation()
            .invoke(() -> entries.remove(place))
            .invoke(found -> settle(place, found))
            .memoize()
            .indefinitely();
    return new Entry(result, now.plus(REFUSED_FOR));
  }

  private void settle(Place place, Result found) {
    switch (found) {
      case REFUSED -> {}
      case TAKEN ->
          entries.computeIfPresent(
              place, (_, entry) -> new Entry(entry.result, clock.instant().plus(TAKEN_FOR)));
      case UNCLEAR -> entries.remove(place);
    }
  }
}
