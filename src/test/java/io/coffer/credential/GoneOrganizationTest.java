package io.coffer.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import io.coffer.access.Someone;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** An organization is deleted while somebody makes a credential in it. */
@QuarkusTest
class GoneOrganizationTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Inject Pool database;

  @Test
  void isNotThereForACreateThatCameTooLate() throws Exception {
    String slug = Someone.newOrganization();
    Someone admin = Someone.in(slug, "admin");
    admin.id();
    createWhileDeleting(slug, admin)
        .statusCode(404)
        .body("type", is("urn:coffer:problem:not-found"));
    // The token that names it makes a new one.
    assertThat(admin.uses(admin.makesCredential())).isEqualTo(200);
  }

  /** The create has seen what the deletion takes away, and waits for it when it is to be stored. */
  private ValidatableResponse createWhileDeleting(String slug, Someone caller) throws Exception {
    Map<String, ?> body =
        Map.of("name", "late", "type", "openai", "value", "sk-0123456789abcdefghij");
    SqlConnection connection = database.getConnectionAndAwait();
    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      connection.query("begin").executeAndAwait();
      int deleter =
          connection
              .query("select pg_backend_pid()")
              .executeAndAwait()
              .iterator()
              .next()
              .getInteger(0);
      connection
          .preparedQuery("delete from organization where slug = $1")
          .executeAndAwait(Tuple.of(slug));
      Future<ValidatableResponse> create = threads.submit(() -> caller.post("/credentials", body));
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (!somebodyWaitsFor(deleter)) {
        assertThat(create.isDone() || System.nanoTime() > end).isFalse();
      }
      connection.query("commit").executeAndAwait();
      return create.get();
    } finally {
      connection.closeAndAwait();
    }
  }

  private boolean somebodyWaitsFor(int backend) {
    return database
            .preparedQuery("select 1 from pg_stat_activity where $1 = any(pg_blocking_pids(pid))")
            .executeAndAwait(Tuple.of(backend))
            .size()
        > 0;
  }
}
