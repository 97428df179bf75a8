package io.coffer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import io.coffer.it.Client.Answer;
import io.coffer.testing.PackagedCoffer;
import io.coffer.testing.Surroundings;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Two replicas on one database: neither remembers a right, and neither needs the other. */
@TestInstance(PER_CLASS)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ReplicasIT {

  private final Surroundings surroundings = Surroundings.start();
  private final PackagedCoffer one = surroundings.application(Map.of());
  private final PackagedCoffer other = surroundings.application(Map.of());
  private final Client admin = new Client(surroundings.adminOf("acme"));
  private final Client worker = new Client(surroundings.tokenOf("worker", "acme"));

  @AfterAll
  void stop() {
    admin.close();
    worker.close();
    one.close();
    other.close();
    surroundings.close();
  }

  @Test
  void refuseOnOneWhatWasRevokedOnTheOther() throws IOException {
    String id = admin.create(one.url(), "shared", "sk-of-the-replicas", null).id();
    String principal = worker.get(other.url(), "/api/v1/me").id();
    String grant = "/api/v1/credentials/" + id + "/grants/principals/" + principal;
    assertThat(worker.use(other.url(), id).status()).isEqualTo(404);
    for (int i = 0; i < 3; i++) {
      assertThat(admin.put(one.url(), grant, Map.of("role", "use")).status()).isIn(200, 201);
      Answer used = worker.use(other.url(), id);
      assertThat(used.status()).isEqualTo(200);
      assertThat(used.field("api_key")).isEqualTo("sk-of-the-replicas");
      assertThat(admin.delete(one.url(), grant).status()).isIn(200, 204);
      assertThat(worker.use(other.url(), id).status()).isEqualTo(404);
    }
    one.kill();
    assertThat(admin.use(other.url(), id).status()).isEqualTo(200);
    assertThat(admin.put(other.url(), grant, Map.of("role", "read")).status()).isIn(200, 201);
    assertThat(worker.use(other.url(), id).status()).isEqualTo(403);
  }
}
