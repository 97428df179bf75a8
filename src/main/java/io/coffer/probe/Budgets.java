package io.coffer.probe;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * How much may be asked without anybody having asked for it: so many checks a minute at one host
 * and for one organization, and none of an organization at a host that has told it to wait.
 */
final class Budgets {

  /** Beyond this many the one that was used longest ago is forgotten, and full again. */
  private static final int MOST = 10_000;

  private final int perHost;
  private final int perOrganization;
  private final Clock clock;
  private final Map<Object, Bucket> buckets = bounded();
  private final Map<Place, Instant> rests = bounded();

  Budgets(int perHost, int perOrganization, Clock clock) {
    this.perHost = perHost;
    this.perOrganization = perOrganization;
    this.clock = clock;
  }

  private record Place(UUID organization, String host) {}

  /** So many a minute, the first minute's at once. */
  private static final class Bucket {
    private final int aMinute;
    private double left;
    private Instant at;

    Bucket(int aMinute, Instant now) {
      this.aMinute = aMinute;
      this.left = aMinute;
      this.at = now;
    }

    /** How long until there is one. */
    Duration wait(Instant now) {
      double more = Duration.between(at, now).toMillis() * aMinute / 60_000.0;
      left = Math.min(aMinute, left + Math.max(0, more));
      at = now;
      return left >= 1
          ? Duration.ZERO
          : Duration.ofMillis((long) Math.ceil((1 - left) * 60_000.0 / aMinute));
    }

    void take() {
      left--;
    }
  }

  /**
   * Takes one check of each budget.
   *
   * @return nothing if it may be made now; else how long to wait, and nothing was taken
   */
  synchronized Duration take(UUID organization, String host) {
    Instant now = clock.instant();
    Instant until = rests.get(new Place(organization, host));
    if (until != null && until.isAfter(now)) {
      return Duration.between(now, until);
    }
    Bucket ofOrganization =
        buckets.computeIfAbsent(organization, _ -> new Bucket(perOrganization, now));
    Bucket ofHost = buckets.computeIfAbsent(host, _ -> new Bucket(perHost, now));
    Duration wait = longer(ofOrganization.wait(now), ofHost.wait(now));
    if (wait.isZero()) {
      ofOrganization.take();
      ofHost.take();
    }
    return wait;
  }

  /** A host wants an organization to wait. */
  synchronized void rest(UUID organization, String host, Duration time) {
    rests.merge(
        new Place(organization, host),
        clock.instant().plus(time),
        (one, other) -> one.isAfter(other) ? one : other);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static <K, V> Map<K, V> bounded() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > MOST;
      }
    };
  }
}
