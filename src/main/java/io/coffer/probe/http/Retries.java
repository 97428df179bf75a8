package io.coffer.probe.http;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * When a call is made again: for trouble that passes, soon and seldom. What was refused is refused.
 *
 * @param first the longest first pause; each further one may be twice as long
 */
record Retries(Duration first) {

  static final Retries USUAL = new Retries(Duration.ofMillis(250));

  private static final int MOST = 2;
  private static final Duration LONGEST = Duration.ofSeconds(2);
  private static final Set<Integer> TRANSIENT = Set.of(408, 425, 429, 502, 503, 504, 529);

  static boolean isTransient(int status) {
    return TRANSIENT.contains(status);
  }

  /**
   * Whether to ask again.
   *
   * @param before how often it was asked again already
   * @param wanted how long the other side wants to be left alone; null if it did not say
   * @param left how much time there is
   */
  boolean allow(int before, @Nullable Duration wanted, Duration left) {
    boolean soon = wanted == null || wanted.compareTo(LONGEST) <= 0;
    return before < MOST && soon && left.compareTo(LONGEST.multipliedBy(2)) > 0;
  }

  /** Waits a random part of the pause, or as long as the other side wants. */
  Uni<Void> pause(int before, @Nullable Duration wanted) {
    long most = Math.max(1, first.toMillis() << before);
    Duration pause =
        wanted == null
            ? Duration.ofMillis(1 + ThreadLocalRandom.current().nextLong(most))
            : wanted.plusMillis(1);
    return Uni.createFrom().voidItem().onItem().delayIt().by(pause);
  }
}
