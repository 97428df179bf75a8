package io.coffer.egress;

import io.vertx.core.Vertx;
import java.time.Duration;

/** The real HTTP client behind a guard that lets it go to servers of the test. */
public final class TestHttp {

  private TestHttp() {}

  private record Settings(Duration connectTimeout, Duration tlsTimeout)
      implements EgressConfig.Http {}

  /** A client that may go to any port of the loopback address; the caller closes it. */
  public static GuardedHttp toLoopback(Vertx vertx) {
    return new GuardedHttp(
        vertx,
        TestPolicies.guard("loopback:1-65535"),
        new Settings(Duration.ofSeconds(2), Duration.ofSeconds(3)));
  }
}
