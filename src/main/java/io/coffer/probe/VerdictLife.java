package io.coffer.probe;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a verdict does to a credential: whether it moves {@code is_valid}, and when to look again.
 */
final class VerdictLife {

  /** The most that the time of a check moves to either side, as a part of the interval. */
  private static final double JITTER = 0.2;

  private static final int MOST_DOUBLINGS = 16;

  private VerdictLife() {}

  /**
   * An earlier verdict on the same value.
   *
   * @param weak whether another look may well differ
   */
  record Past(Finding finding, boolean weak) {}

  /**
   * {@code is_valid} after the verdict. What is not definite leaves it as it was. Weak evidence
   * against it counts once as many verdicts in a row say the same.
   *
   * @param before null before the first definite verdict
   * @param past the newest first
   * @param agreeing how many weak ones it takes, the verdict itself included
   */
  static @Nullable Boolean isValid(
      @Nullable Boolean before, Verdict verdict, List<Past> past, int agreeing) {
    if (!verdict.finding().isDefinite()) {
      return before;
    }
    boolean says = verdict.finding() == Finding.VALID;
    boolean moves =
        before == null
            || before == says
            || !verdict.weak()
            || 1 + inARow(verdict.finding(), past) >= agreeing;
    return moves ? Boolean.valueOf(says) : before;
  }

  private static int inARow(Finding finding, List<Past> past) {
    int count = 0;
    for (Past earlier : past) {
      if (earlier.finding() == finding) {
        count++;
      } else if (earlier.finding().isDefinite()) {
        return count;
      }
    }
    return count;
  }

  /**
   * How long until the next look.
   *
   * @param pending whether the verdict speaks against {@code is_valid} and does not count yet
   * @param interval how long while all is well
   * @param again how long at first while nothing was shown
   * @param dice from 0 to 1, so that credentials do not come due together
   */
  static Duration pause(
      Verdict verdict,
      boolean pending,
      List<Past> past,
      Duration interval,
      Duration again,
      double dice) {
    Duration pause =
        switch (verdict.finding()) {
          case VALID, INVALID -> pending ? shorter(again, interval) : interval;
          case NOT_PROBED -> interval;
          case UNKNOWN -> isLasting(verdict.reason()) ? interval : backOff(past, again, interval);
        };
    Duration spread = jittered(pause, dice);
    Duration asked = verdict.retryAfter();
    return asked == null || asked.compareTo(spread) <= 0 ? spread : jitteredUp(asked, dice);
  }

  /** Just after the end of a value it is time to see that it has ended. */
  static Instant next(Instant now, Duration pause, @Nullable Instant end) {
    Instant next = now.plus(pause);
    return end != null && end.isAfter(now) && end.isBefore(next) ? end.plusSeconds(60) : next;
  }

  /** What does not pass by itself. */
  private static boolean isLasting(Reason reason) {
    return switch (reason) {
      case UNDECRYPTABLE, INCOMPLETE, DRIVER_MISSING, BLOCKED_BY_POLICY -> true;
      default -> false;
    };
  }

  private static Duration backOff(List<Past> past, Duration again, Duration interval) {
    int failures = 0;
    while (failures < past.size()
        && failures < MOST_DOUBLINGS
        && past.get(failures).finding() == Finding.UNKNOWN) {
      failures++;
    }
    return shorter(again.multipliedBy(1L << failures), interval);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Duration jittered(Duration pause, double dice) {
    return Duration.ofMillis((long) (pause.toMillis() * (1 - JITTER + 2 * JITTER * dice)));
  }

  /** Never earlier than was asked for. */
  private static Duration jitteredUp(Duration pause, double dice) {
    return Duration.ofMillis((long) (pause.toMillis() * (1 + JITTER * dice)));
  }
}
