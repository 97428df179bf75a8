package io.coffer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import io.coffer.it.Client.Answer;
import io.coffer.testing.PackagedCoffer;
import io.coffer.testing.Surroundings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Probes in the packaged application, where drivers and guard come from one class loader. */
@TestInstance(PER_CLASS)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ProbesIT {

  private final Surroundings surroundings = Surroundings.start();
  private final EmbeddedPostgres postgres = started();
  private final PackagedCoffer open =
      surroundings.application(Map.of("COFFER_EGRESS_ALLOW", "loopback:1024-65535"));
  private final PackagedCoffer closed = surroundings.application(Map.of());
  private final Client client = new Client(surroundings.adminOf("acme"));

  private static EmbeddedPostgres started() {
    try {
      return EmbeddedPostgres.builder().start();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterAll
  void stop() throws IOException {
    client.close();
    open.close();
    closed.close();
    postgres.close();
    surroundings.close();
  }

  @Test
  void logInToARealDatabaseAndReadItsSchema() throws IOException {
    String id = created("postgresql", postgres.getPort(), "postgres");
    Answer checked = client.post(open.url(), path(id, "validate"), Map.of());
    assertThat(checked.status()).isEqualTo(200);
    assertThat(checked.body().path("verdict").asText()).isEqualTo("valid");
    Answer discovered = client.post(open.url(), path(id, "discover-schema"), Map.of());
    assertThat(discovered.status()).as("%s", discovered.body()).isEqualTo(200);
    assertThat(discovered.body().path("schema_type").asText()).isEqualTo("postgresql");
    String missing = created("postgresql", postgres.getPort(), "no_such_database");
    assertThat(
            client
                .post(open.url(), path(missing, "validate"), Map.of())
                .body()
                .path("reason")
                .asText())
        .isEqualTo("database_missing");
  }

  @Test
  void goNowhereWithoutAnOpening() throws IOException {
    String id = created("postgresql", postgres.getPort(), "postgres");
    Answer checked = client.post(closed.url(), path(id, "validate"), Map.of());
    assertThat(checked.body().path("verdict").asText()).isEqualTo("unknown");
    assertThat(checked.body().path("reason").asText()).isEqualTo("blocked_by_policy");
    assertThat(
            client
                .post(closed.url(), path(id, "discover-schema"), Map.of())
                .body()
                .path("reason")
                .asText())
        .isEqualTo("blocked_by_policy");
  }

  @Test
  void neverReachTheServicesOwnDatabase() throws IOException {
    String id = created("postgresql", surroundings.services().database().getPort(), "postgres");
    assertThat(
            client.post(open.url(), path(id, "validate"), Map.of()).body().path("reason").asText())
        .isEqualTo("blocked_by_policy");
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgresql", "mysql", "mssql", "redshift"})
  void everyDriverComesThroughTheGuardedSockets(String type) throws Exception {
    try (ServerSocket peer = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Boolean> came = CompletableFuture.supplyAsync(() -> cameAndWent(peer));
      String id = created(type, peer.getLocalPort(), "sales");
      Answer checked = client.post(open.url(), path(id, "validate"), Map.of());
      assertThat(came.get(20, TimeUnit.SECONDS)).as("%s", checked.body()).isTrue();
      assertThat(checked.body().path("verdict").asText()).isEqualTo("unknown");
    }
  }

  private static boolean cameAndWent(ServerSocket peer) {
    try (Socket _ = peer.accept()) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private String created(String type, int port, String database) throws IOException {
    Map<String, Object> fields =
        Map.of(
            "host", "127.0.0.1",
            "port", port,
            "database", database,
            "user", "postgres",
            "password", "hunter2",
            "tls_mode", "disable");
    Answer created =
        client.post(
            open.url(),
            "/api/v1/credentials",
            Map.of("name", "db " + UUID.randomUUID(), "type", type, "fields", fields));
    assertThat(created.status()).as("%s", created.body()).isEqualTo(201);
    return created.id();
  }

  private static String path(String id, String action) {
    return "/api/v1/credentials/" + id + '/' + action;
  }
}
