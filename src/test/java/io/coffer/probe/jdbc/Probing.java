package io.coffer.probe.jdbc;

import com.fasterxml.jackson.databind.node.TextNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.coffer.egress.GuardedSockets;
import io.coffer.egress.TestPolicies;
import io.coffer.probe.ProbeRequest;
import io.coffer.probe.Verdict;
import io.coffer.secret.SecretFields;
import io.coffer.secret.SecretValue;
import io.coffer.type.CredentialType;
import io.coffer.type.TypePacks;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Probes fields of a type as if they were a stored credential. */
final class Probing {

  private final JdbcProbe probe;
  private final String slug;
  private final Map<String, Object> plain = new HashMap<>();
  private String password = "";
  private Duration deadline = Duration.ofSeconds(8);

  private Probing(GuardedSockets sockets, String slug) {
    this.probe = new JdbcProbe(new JdbcSessions(sockets, new Databases()));
    this.slug = slug;
  }

  static Probing of(GuardedSockets sockets, String slug) {
    return new Probing(sockets, slug);
  }

  @CanIgnoreReturnValue
  Probing with(String field, Object value) {
    plain.put(field, value);
    return this;
  }

  Probing at(int port) {
    return with("host", "127.0.0.1").with("port", (long) port);
  }

  Probing as(String user, String secret) {
    password = secret;
    return with("user", user);
  }

  Probing within(Duration whole) {
    deadline = whole;
    return this;
  }

  Verdict verdict() {
    Map<String, SecretValue> secrets =
        password.isEmpty() ? Map.of() : Map.of("password", SecretValue.ofText(password));
    try (SecretFields fields = SecretFields.of(secrets)) {
      return probe
          .probe(
              new ProbeRequest(
                  TestPolicies.ORGANIZATION,
                  type(slug),
                  TextNode.valueOf(slug),
                  plain,
                  fields,
                  Instant.now().plus(deadline)))
          .await()
          .atMost(Duration.ofSeconds(30));
    }
  }

  static CredentialType type(String slug) {
    return TypePacks.load().stream()
        .filter(definition -> definition.slug().equals(slug))
        .map(
            definition ->
                new CredentialType(
                    new UUID(0, slug.hashCode()), 100, slug, 1, true, null, definition))
        .findFirst()
        .orElseThrow();
  }
}
