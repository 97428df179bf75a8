package io.coffer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import io.coffer.it.Client.Answer;
import io.coffer.kms.aws.server.Fault;
import io.coffer.kms.aws.server.Faults;
import io.coffer.testing.PackagedServices;
import io.coffer.testing.Surroundings;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What callers and dashboards see while the database or the keys are away, and afterwards. */
@TestInstance(PER_CLASS)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class OutageIT {

  /** How many values a data key seals here; a second one is made ahead. */
  private static final int VALUES_PER_KEY = 20;

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Map<String, String> SETTINGS =
      Map.of(
          "COFFER_KEYS_MAX_VALUES", Integer.toString(VALUES_PER_KEY),
          "COFFER_KEYS_PAUSE_AFTER_FAILURE", "1s",
          "COFFER_KMS_WATCH_INTERVAL", "1s",
          "COFFER_KMS_WATCH_INTERVAL_WHEN_DOWN", "1s");

  private final Surroundings surroundings = Surroundings.start();
  private final PackagedServices services = surroundings.services();
  private final Faults faults = services.kms().faults();
  private final Client client = new Client(surroundings.adminOf("acme"));
  private final Successive coffer = new Successive(() -> surroundings.application(SETTINGS));

  /** A failed call is not repeated for a while: the next test begins when that is over. */
  @AfterEach
  void mend() throws IOException {
    faults.clear();
    assertThat(awaitCreate(answer -> answer.status() == 201).status()).isEqualTo(201);
  }

  @AfterAll
  void stop() {
    client.close();
    coffer.close();
    surroundings.close();
  }

  @Test
  void goesOnWithKeysInMemoryAndKeysMadeAheadWithoutTheKeyService() throws IOException {
    String warm = created();
    faults.always(Fault.error("KMSInternalException"));

    // More than the rest of the first key can have sealed.
    for (int i = 0; i < VALUES_PER_KEY; i++) {
      String made = created();
      assertThat(use(made).status()).isEqualTo(200);
    }
    assertThat(use(warm).status()).isEqualTo(200);
    await("the state of the keys", "well", answer -> answer.status() == 503);
    assertThat(health("ready").status()).isEqualTo(200);
    assertThat(health("live").status()).isEqualTo(200);

    Answer refused = awaitCreate(answer -> answer.status() != 201);
    assertKeysUnavailable(refused);

    faults.clear();
    assertThat(awaitCreate(answer -> answer.status() == 201).status()).isEqualTo(201);
    await("the state of the keys", "well", answer -> answer.status() == 200);
  }

  @Test
  void refusesColdUsesWithoutTheKeyServiceAndRecoversByItself() throws IOException {
    String stored = created();
    coffer.killAndRestart();
    faults.always(Fault.error("KMSInternalException"));

    await("readiness", "ready", answer -> answer.status() == 503);
    assertKeysUnavailable(use(stored));
    assertKeysUnavailable(create());
    assertThat(health("live").status()).isEqualTo(200);

    faults.clear();
    await("readiness", "ready", answer -> answer.status() == 200);
    assertThat(use(stored).status()).isEqualTo(200);
    assertThat(awaitCreate(answer -> answer.status() == 201).status()).isEqualTo(201);
  }

  @Test
  void boundsTheTimeOfAColdUseWhenTheKeyServiceIsSilent() throws IOException {
    String stored = created();
    coffer.killAndRestart();
    faults.always(new Fault.Never());
    long began = System.nanoTime();
    assertKeysUnavailable(use(stored));
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(15));
    faults.clear();
    assertThat(use(stored).status()).isEqualTo(200);
  }

  @Test
  void refusesWithoutTheDatabaseAndRecoversByItself() throws IOException {
    String stored = created();
    services.stopDatabase();
    try {
      await("readiness", "ready", answer -> answer.status() == 503);
      assertThat(health("live").status()).isEqualTo(200);
      assertDatabaseUnavailable(use(stored));
      assertDatabaseUnavailable(create());
    } finally {
      services.startDatabase();
    }
    await("readiness", "ready", answer -> answer.status() == 200);
    assertThat(use(stored).status()).isEqualTo(200);
    assertThat(use(created()).status()).isEqualTo(200);
  }

  private static void assertKeysUnavailable(Answer answer) {
    assertThat(answer.problem()).isEqualTo("urn:coffer:problem:keys-unavailable");
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.retryAfter()).isNotNull();
  }

  private static void assertDatabaseUnavailable(Answer answer) {
    assertThat(answer.problem()).isEqualTo("urn:coffer:problem:database-unavailable");
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.retryAfter()).isNotNull();
  }

  private Answer create() throws IOException {
    return client.create(coffer.url(), "credential " + UUID.randomUUID(), "sk-anything", null);
  }

  private String created() throws IOException {
    Answer made = create();
    assertThat(made.status()).as(made.problem()).isEqualTo(201);
    return made.id();
  }

  private Answer use(String id) throws IOException {
    return client.use(coffer.url(), id);
  }

  private Answer health(String check) throws IOException {
    return client.health(coffer.url(), check);
  }

  /** Creates until the answer is as expected, or patience ends. */
  private Answer awaitCreate(Predicate<Answer> expected) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Answer answer = create();
    while (!expected.test(answer) && System.nanoTime() < deadline) {
      answer = create();
    }
    return answer;
  }

  /** Asks for the health until it is as expected; each request takes its time. */
  private void await(String what, String check, Predicate<Answer> expected) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Answer answer = health(check);
    while (!expected.test(answer) && System.nanoTime() < deadline) {
      answer = health(check);
    }
    assertThat(expected.test(answer)).as("%s, at the end %s", what, answer.body()).isTrue();
  }
}
