package io.coffer.egress;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;

/** Guarded sockets as tests of other packages need them. */
public final class TestSockets {

  private TestSockets() {}

  private record Settings(
      int atOnce, int perTarget, int waiting, Duration turn, Duration connectTimeout)
      implements EgressConfig.Sockets {}

  /** With a policy that opens exactly these entries. */
  public static GuardedSockets opening(String... entries) {
    return new GuardedSockets(
        TestPolicies.guard(entries),
        new Settings(64, 16, 1000, Duration.ofSeconds(2), Duration.ofSeconds(3)),
        new SimpleMeterRegistry());
  }

  /** As those, with names that all resolve to these addresses. */
  public static GuardedSockets resolving(String entry, String... addresses) {
    return new GuardedSockets(
        TestPolicies.guard(TestPolicies.allowing(entry), TestPolicies.answering(addresses)),
        new Settings(64, 16, 1000, Duration.ofSeconds(2), Duration.ofSeconds(3)),
        new SimpleMeterRegistry());
  }

  /** How many sockets and conversations there are still. */
  public static int left(GuardedSockets sockets) {
    return sockets.openSockets() + sockets.conversations();
  }
}
