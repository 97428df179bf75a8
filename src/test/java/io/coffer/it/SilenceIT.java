package io.coffer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import io.coffer.it.Client.Answer;
import io.coffer.testing.Parallel;
import io.coffer.testing.SilentProxy;
import io.coffer.testing.Surroundings;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** A database that accepts everything and answers nothing: no request waits for it for long. */
@TestInstance(PER_CLASS)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class SilenceIT {

  /** More than the pool has connections. */
  private static final int CALLERS = 60;

  /** The deadline of a request below, and what two shared processors need beside. */
  private static final Duration LIMIT = Duration.ofSeconds(12);

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Surroundings surroundings = Surroundings.start();
  private final SilentProxy proxy =
      SilentProxy.before(surroundings.services().database().getPort());
  private final Client client = new Client(surroundings.adminOf("acme"));
  private final Successive coffer = new Successive(() -> surroundings.application(settings()));

  private Map<String, String> settings() {
    return Map.of(
        "QUARKUS_DATASOURCE_REACTIVE_URL",
        "postgresql://localhost:" + proxy.port() + "/postgres",
        "COFFER_DATABASE_ACQUIRE_TIMEOUT",
        "2S",
        "COFFER_DATABASE_STATEMENT_TIMEOUT",
        "2S",
        "COFFER_HTTP_DEADLINE",
        "8S",
        "COFFER_ACTIVITY_VERIFY_DEADLINE",
        "6S");
  }

  @AfterAll
  void stop() {
    client.close();
    coffer.close();
    proxy.close();
    surroundings.close();
  }

  @Test
  void answersEveryRequestInTimeAndRecoversByItself() throws IOException {
    String stored = client.create(coffer.url(), "silent", "sk-anything", null).id();
    assertThat(client.use(coffer.url(), stored).status()).isEqualTo(200);
    proxy.beSilent();
    try {
      long began = System.nanoTime();
      List<Answer> answers =
          Parallel.together(
              Collections.nCopies(CALLERS, stored), id -> client.use(coffer.url(), id));
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(LIMIT);
      assertThat(answers)
          .extracting(Answer::problem)
          .isSubsetOf(
              "urn:coffer:problem:database-unavailable", "urn:coffer:problem:deadline-exceeded");
      assertThat(answers).extracting(Answer::status).containsOnly(503);
      Answer create =
          client.create(coffer.url(), "another " + UUID.randomUUID(), "sk-anything", null);
      assertThat(create.status()).as(create.problem()).isEqualTo(503);
      assertThat(client.health(coffer.url(), "ready").status()).isEqualTo(503);
      assertThat(client.health(coffer.url(), "live").status()).isEqualTo(200);
    } finally {
      proxy.speak();
    }
    awaitReady();
    List<Answer> again =
        Parallel.together(Collections.nCopies(CALLERS, stored), id -> client.use(coffer.url(), id));
    assertThat(again).extracting(Answer::status).containsOnly(200);
  }

  @Test
  void doesNotWaitForABodyThatDoesNotCome() throws IOException {
    try (Socket slow = new Socket(coffer.url().getHost(), coffer.url().getPort())) {
      slow.setSoTimeout((int) PATIENCE.toMillis());
      slow.getOutputStream()
          .write(
              """
              POST /api/v1/use HTTP/1.1
              Host: coffer
              Authorization: Bearer %s
              Content-Type: application/json
              Content-Length: 100

              {"""
                  .formatted(surroundings.adminOf("acme"))
                  .replace("\n", "\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      String answer = new String(slow.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 408 ").contains("urn:coffer:problem:request-timeout");
    }
  }

  private void awaitReady() throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Answer answer = client.health(coffer.url(), "ready");
    while (answer.status() != 200 && System.nanoTime() < deadline) {
      answer = client.health(coffer.url(), "ready");
    }
    assertThat(answer.status()).as("readiness: %s", answer.body()).isEqualTo(200);
  }
}
