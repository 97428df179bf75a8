package io.coffer.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.probe.VerdictLife.Past;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** What verdicts do to a credential, without one. */
class VerdictLifeTest {

  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration AGAIN = Duration.ofMinutes(5);

  @Property
  void whatShowsNothingNeverMovesIt(@ForAll Boolean before, @ForAll List<Finding> past) {
    for (Reason reason : Reason.values()) {
      if (reason.fits(Finding.UNKNOWN)) {
        assertThat(VerdictLife.isValid(before, Verdict.unknown(reason), past(past), 1))
            .isEqualTo(before);
      }
    }
    assertThat(VerdictLife.isValid(null, Verdict.unknown(Reason.TIMEOUT), past(past), 1)).isNull();
  }

  @Property
  void strongEvidenceMovesItAtOnce(@ForAll Boolean before, @ForAll List<Finding> past) {
    assertThat(VerdictLife.isValid(before, Verdict.valid(), past(past), 9)).isTrue();
    assertThat(VerdictLife.isValid(before, Verdict.invalid(Reason.BAD_SECRET), past(past), 9))
        .isFalse();
  }

  @Property
  void weakEvidenceMovesItWhenItAgrees(@ForAll @IntRange(max = 8) int earlier) {
    Verdict weak = Verdict.invalid(Reason.BAD_SECRET).weakly();
    List<Past> past = past(Collections.nCopies(earlier, Finding.INVALID));
    assertThat(VerdictLife.isValid(true, weak, past, 4)).isEqualTo(earlier < 3);
  }

  @Example
  void troubleBetweenDoesNotBreakTheRow() {
    Verdict weak = Verdict.invalid(Reason.BAD_SECRET).weakly();
    List<Past> past =
        past(List.of(Finding.UNKNOWN, Finding.INVALID, Finding.UNKNOWN, Finding.INVALID));
    assertThat(VerdictLife.isValid(true, weak, past, 3)).isFalse();
    assertThat(
            VerdictLife.isValid(
                true, weak, past(List.of(Finding.INVALID, Finding.VALID, Finding.INVALID)), 3))
        .isTrue();
  }

  @Property
  void looksAgainWithinAFifthOfTheInterval(@ForAll @DoubleRange(min = 0, max = 1) double dice) {
    Duration pause = VerdictLife.pause(Verdict.valid(), false, List.of(), DAY, AGAIN, dice);
    assertThat(pause)
        .isBetween(DAY.multipliedBy(8).dividedBy(10), DAY.multipliedBy(12).dividedBy(10));
  }

  @Property
  void backsOffWhileNothingIsShown(@ForAll @IntRange(max = 20) int failures) {
    List<Past> past = past(Collections.nCopies(failures, Finding.UNKNOWN));
    Duration pause =
        VerdictLife.pause(Verdict.unknown(Reason.NETWORK), false, past, DAY, AGAIN, 0.5);
    Duration doubled = AGAIN.multipliedBy(1L << Math.min(failures, 16));
    assertThat(pause).isEqualTo(doubled.compareTo(DAY) < 0 ? doubled : DAY);
  }

  @Property
  void neverComesBackEarlierThanItWasTold(
      @ForAll @IntRange(min = 1, max = 1_000_000) int seconds,
      @ForAll @DoubleRange(min = 0, max = 1) double dice) {
    Duration asked = Duration.ofSeconds(seconds);
    Verdict verdict = Verdict.unknown(Reason.RATE_LIMITED).withRetryAfter(asked);
    assertThat(VerdictLife.pause(verdict, false, List.of(), DAY, AGAIN, dice))
        .isGreaterThanOrEqualTo(asked);
  }

  @Example
  void looksSoonWhereARefusalDoesNotCountYet() {
    Verdict weak = Verdict.invalid(Reason.BAD_SECRET).weakly();
    assertThat(VerdictLife.pause(weak, true, List.of(), DAY, AGAIN, 0.5)).isEqualTo(AGAIN);
  }

  @Example
  void looksJustAfterTheEndOfAValue() {
    Instant now = Instant.EPOCH;
    assertThat(VerdictLife.next(now, DAY, now.plusSeconds(100))).isEqualTo(now.plusSeconds(160));
    assertThat(VerdictLife.next(now, DAY, now.minusSeconds(1))).isEqualTo(now.plus(DAY));
    assertThat(VerdictLife.next(now, DAY, null)).isEqualTo(now.plus(DAY));
  }

  private static List<Past> past(List<Finding> findings) {
    return findings.stream().map(finding -> new Past(finding, true)).toList();
  }
}
