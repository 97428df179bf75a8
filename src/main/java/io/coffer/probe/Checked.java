package io.coffer.probe;

import java.time.Duration;
import java.time.Instant;

/**
 * A verdict with how it came about.
 *
 * @param verdict what was found
 * @param probe the kind of probe; empty if none looked
 * @param probeVersion its version; 0 if none looked
 * @param took how long it took
 * @param at when it was found, to the microsecond as the database keeps it
 */
record Checked(Verdict verdict, String probe, int probeVersion, Duration took, Instant at) {

  /** A verdict that needed no call. */
  static Checked without(Verdict verdict, Instant at) {
    return new Checked(verdict, "", 0, Duration.ZERO, at);
  }

  Checked with(Verdict other) {
    return new Checked(other, probe, probeVersion, took, at);
  }
}
