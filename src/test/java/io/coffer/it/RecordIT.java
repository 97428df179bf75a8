package io.coffer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import io.coffer.it.Client.Answer;
import io.coffer.testing.PackagedCoffer;
import io.coffer.testing.Parallel;
import io.coffer.testing.Surroundings;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * Many clients use credentials while the application is killed again and again: every value that
 * arrived has its record, and the record verifies.
 */
@TestInstance(PER_CLASS)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class RecordIT {

  private static final int CREDENTIALS = 20;
  private static final int USES = 4000;
  private static final int CLIENTS = 32;
  private static final int KILLS = 3;
  private static final int MOST_ATTEMPTS = 40;
  private static final String ORGANIZATION = "acme";

  private final Surroundings surroundings = Surroundings.start();
  private final Rows rows = new Rows(surroundings.services().database().getPostgresDatabase());
  private final Client client = new Client(surroundings.adminOf(ORGANIZATION));
  private final Successive coffer = new Successive(() -> surroundings.application(Map.of()));
  private final List<String> ids = new ArrayList<>();
  private final Queue<String> received = new ConcurrentLinkedQueue<>();
  private final AtomicInteger lost = new AtomicInteger();

  @BeforeAll
  void useThroughKills() throws IOException, InterruptedException, ExecutionException {
    for (int i = 0; i < CREDENTIALS; i++) {
      Answer made = client.create(coffer.url(), "credential " + i, "sk-" + UUID.randomUUID(), null);
      ids.add(made.id());
    }
    List<Integer> uses = IntStream.range(0, USES).boxed().toList();
    FutureTask<Void> clients =
        new FutureTask<>(
            () -> {
              var unused = Parallel.map(CLIENTS, uses, this::use);
            },
            null);
    var unused = Thread.ofVirtual().start(clients);
    for (int kill = 1; kill <= KILLS; kill++) {
      awaitReceived(kill * USES / (KILLS + 1));
      coffer.killAndRestart();
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
  void everyUseWasAnsweredInTheEnd() {
    assertThat(received).hasSize(USES);
    assertThat(lost.get()).as("answers lost by kills").isPositive();
  }

  @Test
  void everyValueThatArrivedHasItsRecord() {
    Set<String> recorded =
        new HashSet<>(
            rows.texts(
                "select request_id from activity where action = 'use' and outcome = 'done'"));
    assertThat(recorded).containsAll(received);
  }

  @Test
  void everyChangeIsLinkedOnce() throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!rows.text("select count(*) from activity_outbox").equals("0")) {
      assertThat(System.nanoTime()).as("the outbox is emptied").isLessThan(until);
    }
    assertThat(rows.texts("select target_id from activity where action = 'create'"))
        .containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  void theRecordVerifiesWithoutTheApplication() {
    PackagedCoffer.Output verified =
        PackagedCoffer.run(surroundings.services().environment(), "verify");
    assertThat(verified.text()).contains("intact").contains("tags of checkpoints were not checked");
    assertThat(verified.status()).isZero();
    assertThat(rows.texts("select distinct writer from activity"))
        .hasSizeGreaterThanOrEqualTo(KILLS + 1);
  }

  @Test
  void theVerifierNamesAnEditedEventAndSaysHowItIsCalled() {
    String writer = rows.text("select writer from activity where action = 'use' limit 1");
    String sql =
        "update activity set actor_subject = '%s' where writer = '" + writer + "' and sequence = 1";
    rows.run(sql.formatted("mallory"));
    PackagedCoffer.Output broken =
        PackagedCoffer.run(surroundings.services().environment(), "verify");
    rows.run(sql.formatted("coffer"));
    assertThat(broken.text()).contains("broken: EDITED chain " + writer + " event 1:");
    assertThat(broken.status()).isEqualTo(1);
    assertThat(PackagedCoffer.run(Map.of(), "verify", "--help").status()).isEqualTo(2);
  }

  private boolean use(int number) {
    for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
      String requestId = "use-" + number + "-" + attempt;
      URI at = coffer.url();
      try {
        Answer answer = client.use(at, ids.get(number % CREDENTIALS), requestId);
        if (answer.status() == 200) {
          received.add(requestId);
          countReceived();
          return true;
        }
      } catch (IOException noAnswer) {
        int _ = lost.incrementAndGet();
      }
    }
    throw new AssertionError("use " + number + " was never answered");
  }

  private synchronized void countReceived() {
    notifyAll();
  }

  private synchronized void awaitReceived(int count) throws InterruptedException {
    while (received.size() < count) {
      wait();
    }
  }
}
