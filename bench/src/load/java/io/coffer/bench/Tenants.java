package io.coffer.bench;

import io.coffer.testing.TestIssuer;
import io.coffer.testing.TestTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** The organizations of the benchmark, each with one service that may do everything in it. */
final class Tenants {

  private static final Duration VALID = Duration.ofHours(6);

  /**
   * One organization.
   *
   * @param token what its service shows
   * @param credentials the ids of its credentials
   */
  record Tenant(String token, List<UUID> credentials) {}

  private final List<Tenant> all = new ArrayList<>();

  Tenants(TestIssuer issuer, int count) {
    for (int i = 0; i < count; i++) {
      String token =
          issuer
              .tokensOf("service-" + i)
              .organization("bench-" + i)
              .roles("admin")
              .expiresAt(Instant.now().plus(VALID))
              .sign();
      all.add(new Tenant(token, new ArrayList<>()));
    }
  }

  /** What lets tokens live as long as a run; the settings of an application. */
  static String maxTokenAge() {
    return VALID.toHours() + "h";
  }

  List<Tenant> all() {
    return all;
  }

  Tenant any() {
    return all.get(ThreadLocalRandom.current().nextInt(all.size()));
  }

  static UUID anyCredential(Tenant tenant) {
    List<UUID> ids = tenant.credentials();
    return ids.get(ThreadLocalRandom.current().nextInt(ids.size()));
  }
}
