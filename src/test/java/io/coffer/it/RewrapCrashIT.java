package io.coffer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import com.fasterxml.jackson.databind.JsonNode;
import io.coffer.it.Client.Answer;
import io.coffer.kms.aws.server.Calls;
import io.coffer.kms.aws.server.Fault;
import io.coffer.kms.aws.server.ServerKey;
import io.coffer.testing.PackagedServices;
import io.coffer.testing.Parallel;
import io.coffer.testing.Surroundings;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * The application is killed while it moves one data key per credential to another key-encryption
 * key; the next one goes on until nothing is left under the old one.
 */
@TestInstance(PER_CLASS)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class RewrapCrashIT {

  private static final int CREDENTIALS = 60;
  private static final int CLIENTS = 16;

  /** In the middle of the second step of the job. */
  private static final int MOVED_BEFORE_THE_KILL = 30;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Surroundings surroundings = Surroundings.start();
  private final PackagedServices services = surroundings.services();
  private final Rows rows = new Rows(services.database().getPostgresDatabase());
  private final ServerKey oldKey = services.key();
  private final ServerKey newKey = services.kms().createKey();
  private final Client client = new Client(surroundings.adminOf("acme"));
  private final Client operator = new Client(surroundings.systemAdminOf("acme"));
  private volatile ServerKey key = oldKey;
  private final Successive coffer = new Successive(() -> surroundings.application(settings()));
  private final Creations creations = new Creations(client, coffer::url, CREDENTIALS);

  private String job = "";
  private long total;
  private long leftAtTheKill;

  private Map<String, String> settings() {
    return Map.of(
        "COFFER_KEYS_REUSE", "none",
        "COFFER_KEYS_STOCK", "4",
        "COFFER_KMS_KEY_ID", key.arn(),
        "COFFER_JOBS_LEASE", "4s",
        "COFFER_JOBS_POLL", "1s",
        "COFFER_JOBS_REWRAP_RATE", "200");
  }

  @BeforeAll
  void killInTheMiddle() throws IOException {
    creations.run(CLIENTS);
    assertThat(creations.answers().values()).extracting(Answer::status).containsOnly(201);
    key = newKey;
    coffer.killAndRestart();
    total = underOldKey();

    CountDownLatch open = new CountDownLatch(0);
    CountDownLatch shut = new CountDownLatch(1);
    services.kms().faults().next("ReEncrypt", MOVED_BEFORE_THE_KILL, new Fault.Held(open));
    services.kms().faults().next("ReEncrypt", CREDENTIALS, new Fault.Held(shut));
    Answer ordered = operator.post(coffer.url(), "/api/v1/admin/keys/rewrap", order());
    assertThat(ordered.status()).as(ordered.body().toString()).isEqualTo(202);
    job = ordered.id();
    awaitReEncrypt(MOVED_BEFORE_THE_KILL + 1);
    leftAtTheKill = underOldKey();
    coffer.killAndRestart();
    services.kms().faults().clear();
    shut.countDown();
  }

  @AfterAll
  void stop() {
    client.close();
    operator.close();
    coffer.close();
    surroundings.close();
  }

  @Test
  void goesOnAfterTheKillUntilNothingIsLeftUnderTheOldKey() throws IOException {
    assertThat(total).isGreaterThanOrEqualTo(CREDENTIALS);
    assertThat(leftAtTheKill).isEqualTo(total - MOVED_BEFORE_THE_KILL);
    JsonNode report = awaitDone();
    assertThat(report.path("summary").asText())
        .isEqualTo("0 of " + total + " under aws:" + oldKey.arn());
    assertThat(report.path("failed").asLong()).isZero();
    assertThat(report.path("failures")).isEmpty();
    assertThat(underOldKey()).isZero();
    assertThat(services.kms().calls().of("ReEncrypt"))
        .extracting(Calls.Call::keyId)
        .containsOnly(oldKey.arn());
  }

  @Test
  void opensEachValueWithoutTheOldKey() throws IOException {
    JsonNode _ = awaitDone();
    // Nothing was used since the last start, so that no key is in memory.
    oldKey.become(ServerKey.State.Disabled);
    List<Boolean> opened =
        Parallel.map(
            CLIENTS,
            creations.wanted(),
            wanted ->
                client
                    .use(coffer.url(), creations.idOf(wanted))
                    .field("api_key")
                    .equals(wanted.secret()));
    assertThat(opened).hasSize(CREDENTIALS).containsOnly(true);
  }

  private Map<String, Object> order() {
    return Map.of(
        "from", Map.of("provider", "aws", "key_id", oldKey.arn()),
        "to", Map.of("provider", "aws", "key_id", newKey.arn()));
  }

  private long underOldKey() {
    return Long.parseLong(
        rows.text("select count(*) from data_key where kek_key_id = '" + oldKey.arn() + "'"));
  }

  /** Looks again and again, each time with a request that takes its time. */
  private void awaitReEncrypt(int count) throws IOException {
    URI at = coffer.url();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (services.kms().calls().of("ReEncrypt").size() < count) {
      assertThat(System.nanoTime()).as("time until the re-wrap is under way").isLessThan(deadline);
      assertThat(client.health(at, "live").status()).isEqualTo(200);
    }
  }

  private JsonNode awaitDone() throws IOException {
    URI at = coffer.url();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    JsonNode report = operator.get(at, "/api/v1/admin/keys/rewrap/" + job).body();
    while (!report.path("state").asText().equals("done") && System.nanoTime() < deadline) {
      report = operator.get(at, "/api/v1/admin/keys/rewrap/" + job).body();
    }
    assertThat(report.path("state").asText()).as(report.toString()).isEqualTo("done");
    return report;
  }
}
