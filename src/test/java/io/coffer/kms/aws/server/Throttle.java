package io.coffer.kms.aws.server;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** A token bucket: so many calls at once, and so many more per second. */
final class Throttle {

  private final Clock clock;
  private final double burst;
  private final double perSecond;
  private double tokens;
  private Instant last;

  Throttle(Clock clock, double burst, double perSecond) {
    this.clock = clock;
    this.burst = burst;
    this.perSecond = perSecond;
    this.tokens = burst;
    this.last = clock.instant();
  }

  synchronized void take() {
    Instant now = clock.instant();
    double gained = Duration.between(last, now).toNanos() / 1e9 * perSecond;
    tokens = Math.min(burst, tokens + gained);
    last = now;
    if (tokens < 1) {
      throw new ServerFailure("ThrottlingException", "You have exceeded the rate");
    }
    tokens -= 1;
  }
}
