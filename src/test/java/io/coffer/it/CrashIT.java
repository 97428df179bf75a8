package io.coffer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import io.coffer.it.Client.Answer;
import io.coffer.it.Creations.Wanted;
import io.coffer.testing.Parallel;
import io.coffer.testing.Surroundings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * Many clients make credentials while the application is killed again and again, on a database that
 * flushes each commit: what was answered is there, what was not is absent or whole.
 */
@TestInstance(PER_CLASS)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class CrashIT {

  private static final int CREDENTIALS = 1000;
  private static final int CLIENTS = 32;
  private static final int KILLS = 5;
  private static final String ORGANIZATION = "acme";

  private final Surroundings surroundings = Surroundings.start();
  private final Rows rows = new Rows(surroundings.services().database().getPostgresDatabase());
  private final Client client = new Client(surroundings.adminOf(ORGANIZATION));
  private final Successive coffer = new Successive(() -> surroundings.application(Map.of()));
  private final Creations creations = new Creations(client, coffer::url, CREDENTIALS);
  private final List<Integer> lostByKill = new ArrayList<>();

  @BeforeAll
  void createThroughKills() throws InterruptedException, ExecutionException {
    FutureTask<Void> clients = new FutureTask<>(() -> creations.run(CLIENTS), null);
    var unused = Thread.ofVirtual().start(clients);
    for (int kill = 1; kill <= KILLS; kill++) {
      creations.awaitAnswered(kill * CREDENTIALS / (KILLS + 1));
      int before = creations.lost();
      coffer.killAndRestart();
      lostByKill.add(creations.lost() - before);
    }
    clients.get();
  }

  @AfterAll
  void stop() {
    client.close();
    coffer.close();
    surroundings.close();
  }

  @Test
  void runsOnADatabaseThatFlushesEachCommit() {
    assertThat(rows.text("show fsync")).isEqualTo("on");
    assertThat(rows.text("show synchronous_commit")).isEqualTo("on");
    assertThat(rows.text("show full_page_writes")).isEqualTo("on");
  }

  @Test
  void lostAnswersAtEveryKill() {
    assertThat(lostByKill).hasSize(KILLS).allSatisfy(lost -> assertThat(lost).isPositive());
  }

  @Test
  void answeredEachCreateWith201() {
    assertThat(creations.answers()).hasSize(CREDENTIALS);
    assertThat(creations.answers().values())
        .extracting(answer -> answer.status() + answer.problem())
        .containsOnly("201");
  }

  @Test
  void opensEachAnsweredCredentialWithItsValue() {
    List<String> wrong =
        Parallel.map(
                CLIENTS,
                creations.wanted(),
                wanted -> fault(wanted, client.use(coffer.url(), creations.idOf(wanted))))
            .stream()
            .filter(fault -> !fault.isEmpty())
            .toList();
    assertThat(wrong).as("credentials that were answered with 201").isEmpty();
  }

  @Test
  void hasMadeNothingElse() {
    List<String> answered = creations.answers().values().stream().map(Answer::id).toList();
    assertThat(rows.texts("select id from credential"))
        .hasSize(CREDENTIALS)
        .containsExactlyInAnyOrderElementsOf(answered);
  }

  @Test
  void madeEachRowWhole() {
    assertThat(
            rows.texts(
                "select c.name from credential c left join data_key k on k.id = c.data_key"
                    + " where k.id is null or k.wrapped is null or c.sealed is null"
                    + " or k.organization <> c.organization"))
        .as("rows without a value or without its data key")
        .isEmpty();
  }

  @Test
  void madeOneCredentialForEachIdempotencyKey() {
    Map<String, String> answered =
        creations.answers().entrySet().stream()
            .collect(Collectors.toMap(it -> it.getKey().key(), it -> it.getValue().id()));
    assertThat(rows.texts("select idempotency_key || ' ' || credential from idempotency_key"))
        .containsExactlyInAnyOrderElementsOf(
            answered.entrySet().stream().map(it -> it.getKey() + ' ' + it.getValue()).toList());
    assertThat(new HashSet<>(answered.values())).hasSize(CREDENTIALS);
  }

  @Test
  void answersARepetitionAfterAllTheCrashesWithWhatWasMade() throws IOException {
    Wanted first = creations.wanted().getFirst();
    Answer again = client.create(coffer.url(), first.name(), first.secret(), first.key());
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.id()).isEqualTo(creations.idOf(first));
  }

  /** What is wrong with the answer to a use; empty if nothing is. Never the value. */
  private static String fault(Wanted wanted, Answer used) {
    if (used.status() != 200) {
      return wanted.name() + ": " + used.status() + ' ' + used.problem();
    }
    boolean right =
        used.field("api_key").equals(wanted.secret())
            && used.body().path("name").asText().equals(wanted.name());
    return right ? "" : wanted.name() + ": another value";
  }
}
