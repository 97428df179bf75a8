package io.coffer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import io.coffer.it.Client.Answer;
import io.coffer.it.Creations.Wanted;
import io.coffer.kms.aws.server.Calls;
import io.coffer.testing.Parallel;
import io.coffer.testing.Surroundings;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** How often the key management service is called; each test begins with nothing in memory. */
@TestInstance(PER_CLASS)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class KmsCallsIT {

  private static final int CREDENTIALS = 1000;
  private static final int USES_OF_EACH = 10;
  private static final int CLIENTS = 32;
  private static final String ORGANIZATION = "acme";

  private final Surroundings surroundings = Surroundings.start();
  private final Calls calls = surroundings.services().kms().calls();
  private final Client client = new Client(surroundings.adminOf(ORGANIZATION));
  private final Successive coffer = new Successive(() -> surroundings.application(Map.of()));
  private final Creations creations = new Creations(client, coffer::url, CREDENTIALS);

  @BeforeAll
  void create() {
    creations.run(CLIENTS);
    assertThat(creations.answers().values()).extracting(Answer::status).containsOnly(201);
  }

  @AfterAll
  void stop() {
    client.close();
    coffer.close();
    surroundings.close();
  }

  @BeforeEach
  void beginCold() {
    coffer.killAndRestart();
    calls.clear();
  }

  @Test
  void needsFewerThanTenCallsForTenThousandUses() {
    List<Wanted> uses =
        Collections.nCopies(USES_OF_EACH, creations.wanted()).stream()
            .flatMap(List::stream)
            .toList();
    assertThat(Parallel.map(CLIENTS, uses, this::opens)).hasSize(10_000).containsOnly(true);
    assertThat(calls.count()).as("calls: %s", calls.all()).isLessThan(10);
  }

  @Test
  void makesOneCallForTwoHundredParallelFirstUses() {
    List<Wanted> uses = creations.wanted().subList(0, 200);
    assertThat(Parallel.together(uses, this::opens)).containsOnly(true);
    assertThat(calls.of("Decrypt")).hasSize(1);
  }

  @Test
  void needsFewerThanTenCallsForTwoThousandChangesOfValues() {
    assertThat(Parallel.map(CLIENTS, creations.wanted(), this::changes)).containsOnly(true);
    assertThat(calls.count()).as("calls: %s", calls.all()).isLessThan(10);
  }

  /** There and back, so that the other tests find what they expect. */
  private boolean changes(Wanted wanted) throws Exception {
    return setsValue(wanted, "sk-" + UUID.randomUUID()) && setsValue(wanted, wanted.secret());
  }

  private boolean setsValue(Wanted wanted, String value) throws Exception {
    String path = "/api/v1/credentials/" + creations.idOf(wanted);
    return client.patch(coffer.url(), path, Map.of("value", value)).status() == 200;
  }

  private boolean opens(Wanted wanted) throws Exception {
    Answer used = client.use(coffer.url(), creations.idOf(wanted));
    return used.status() == 200 && used.field("api_key").equals(wanted.secret());
  }
}
