package io.coffer.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.coffer.credential.Api;
import io.coffer.credential.Probeables;
import io.coffer.probe.BatchChecks;
import io.coffer.probe.ProbeApi;
import io.coffer.probe.Provider;
import io.coffer.probe.Provider.Says;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Checks of many credentials at once. */
@QuarkusTest
class BatchTest {

  private static final String BATCHES = "/api/v1/validations";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Inject Pool database;
  @Inject JobStore jobs;
  @Inject BatchStore store;
  @Inject Probeables credentials;
  @Inject BatchChecks checks;
  @Inject JobsConfig config;
  @Inject Clock clock;

  private final Provider provider = new Provider();
  private final String organization = Api.newOrganization();
  private final Api admin = Api.as("admin", organization, "admin");
  private final ProbeApi api = new ProbeApi(admin, provider);

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  void checksAllThatTheFilterLeaves() {
    List<String> good = made(12, Says.YES);
    List<String> bad = made(3, Says.NO);
    String other =
        admin
            .create(Map.of("name", "x", "type", "secret", "fields", Map.of("secret_value", "abc")))
            .extract()
            .path("id");
    String batch = ordered(admin, Map.of("type", "openai"));
    awaitEnd(admin, batch)
        .body("state", equalTo("done"))
        .body("total", equalTo(15))
        .body("done", equalTo(15))
        .body("valid", equalTo(12))
        .body("invalid", equalTo(3))
        .body("finished_at", notNullValue());
    List<String> told = outcomes(batch);
    assertThat(told).doesNotContain(other).containsAll(good).containsAll(bad).hasSize(15);
    api.read(good.getFirst()).body("is_valid", equalTo(true));
    api.read(bad.getFirst()).body("is_valid", equalTo(false));
    api.history(good.getFirst()).body("items[0].cause", equalTo("batch"));
    admin
        .request()
        .get("/api/v1/credentials/" + good.getFirst() + "/activity?action=credential.probe")
        .then()
        .body("items", hasSize(1));
  }

  @Test
  void takesWhatTheCallerMayUseOnly() {
    made(2, Says.YES);
    String reader = ordered(Api.as("reader", organization, "read"), Map.of());
    awaitEnd(Api.as("reader", organization, "read"), reader).body("total", equalTo(0));
    String user = ordered(Api.as("user", organization, "use"), Map.of());
    awaitEnd(Api.as("user", organization, "use"), user).body("total", equalTo(2));
    for (Api other : List.of(admin, Api.as("x", Api.newOrganization(), "admin"))) {
      for (String path : List.of("", "/outcomes", "/events")) {
        other.request().get(BATCHES + "/" + user + path).then().statusCode(404);
      }
      other.request().delete(BATCHES + "/" + user).then().statusCode(404);
    }
  }

  @Test
  void refusesFiltersThatAreNone() {
    for (Map<String, ?> filter :
        List.of(
            Map.of("no_such", "x"),
            Map.of("order_by", "name"),
            Map.of("deleted", "true"),
            Map.of("type", "no-such-type"),
            Map.of("type", 7),
            Map.of("type", List.of()))) {
      int status =
          admin
              .request()
              .body(Map.of("filter", filter))
              .post(BATCHES)
              .then()
              .extract()
              .statusCode();
      assertThat(status).as(filter.toString()).isIn(400, 422);
    }
  }

  @Test
  void streamsWhatComesAndGoesOnAfterALostStream() {
    made(7, Says.YES);
    String batch = ordered(admin, Map.of());
    awaitEnd(admin, batch);
    String all = events(batch, "0");
    assertThat(all.split("event:outcome", -1)).hasSize(8);
    assertThat(all).contains("event:done").contains("id:7");
    String rest = events(batch, "5");
    assertThat(rest.split("event:outcome", -1)).hasSize(3);
    assertThat(rest).doesNotContain("id:5\n").contains("id:6").contains("event:done");
    admin
        .request()
        .header("Last-Event-ID", "x")
        .get(BATCHES + "/" + batch + "/events")
        .then()
        .statusCode(400);
  }

  @Test
  void endsWhenItIsCancelled() {
    made(30, Says.YES);
    provider.shut();
    String batch = ordered(admin, Map.of());
    Provider.await("the first calls", () -> provider.current() > 0);
    admin
        .request()
        .delete(BATCHES + "/" + batch)
        .then()
        .statusCode(200)
        .body("state", equalTo("cancelled"));
    provider.open();
    awaitEnd(admin, batch).body("state", equalTo("cancelled")).body("done", equalTo(0));
    assertThat(provider.most()).isLessThan(30);
  }

  @Test
  void goesOnWhereAReplicaDied() {
    made(20, Says.YES);
    JobRunner first = replica();
    String batch = ordered(admin, Map.of());
    awaitEnd(admin, batch);
    // As if it had died in the middle: eight have no outcome, and the lease is not over.
    run(
        "update validation_item set sequence = null, verdict = null where job = '"
            + batch
            + "' and sequence > 12");
    run(
        "update job set state = 'running', finished_at = null, lease_owner = gen_random_uuid(),"
            + " lease_until = now() + interval '1 h' where id = '"
            + batch
            + "'");
    first.workAll().await().atMost(PATIENCE);
    state(batch).body("state", equalTo("running")).body("done", equalTo(12));
    run("update job set lease_until = now() - interval '1 s' where id = '" + batch + "'");
    replica().workAll().await().atMost(PATIENCE);
    state(batch).body("state", equalTo("done")).body("done", equalTo(20));
    assertThat(outcomes(batch)).hasSize(20).doesNotHaveDuplicates();
  }

  @Test
  void letsOrganizationsTakeTurns() {
    Api other = Api.as("other", Api.newOrganization(), "admin");
    String first = ordered(admin, Map.of());
    String second = ordered(admin, Map.of());
    String third = ordered(other, Map.of());
    for (String batch : List.of(first, second, third)) {
      awaitEnd(batch.equals(third) ? other : admin, batch);
      run("update job set worked_at = null where id = '" + batch + "'");
    }
    for (String batch : List.of(first, second, third)) {
      run(
          "update job set kind = 'turns', state = 'waiting', finished_at = null where id = '"
              + batch
              + "'");
    }
    run("update job set worked_at = now() where id = '" + first + "'");
    UUID owner = UUID.randomUUID();
    List<String> order = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Job claimed =
          jobs.claim(owner, Set.of("turns"), Duration.ofMinutes(1))
              .await()
              .atMost(PATIENCE)
              .orElseThrow();
      order.add(claimed.id().toString());
    }
    assertThat(order).containsExactly(third, first, second);
    run("update job set state = 'done', finished_at = now() where kind = 'turns'");
  }

  private void run(String sql) {
    database.query(sql).executeAndAwait();
  }

  private ValidatableResponse state(String batch) {
    return admin.request().get(BATCHES + "/" + batch).then().statusCode(200);
  }

  private JobRunner replica() {
    return new JobRunner(
        jobs,
        List.of(new BatchWork(store, credentials, checks, clock)),
        config,
        _ -> Uni.createFrom().voidItem());
  }

  @CanIgnoreReturnValue
  private List<String> made(int count, Says says) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String key = ProbeApi.newKey();
      provider.says(key, says);
      ids.add(api.created(key));
    }
    return ids;
  }

  private static String ordered(Api caller, Map<String, ?> filter) {
    return caller
        .request()
        .body(Map.of("filter", filter))
        .post(BATCHES)
        .then()
        .statusCode(202)
        .header("Location", containsString(BATCHES))
        .extract()
        .path("id");
  }

  @CanIgnoreReturnValue
  private static ValidatableResponse awaitEnd(Api caller, String batch) {
    Provider.await(
        "the end of the batch",
        () ->
            caller.request().get(BATCHES + "/" + batch).then().extract().path("finished_at")
                != null);
    return caller.request().get(BATCHES + "/" + batch).then().statusCode(200);
  }

  private List<String> outcomes(String batch) {
    List<String> all = new ArrayList<>();
    String cursor = "0";
    while (cursor != null) {
      var page =
          admin
              .request()
              .get(BATCHES + "/" + batch + "/outcomes?page_size=4&cursor=" + cursor)
              .then()
              .statusCode(200)
              .extract();
      all.addAll(page.path("items.credential"));
      cursor = page.path("next_cursor");
    }
    return all;
  }

  private String events(String batch, String after) {
    return admin
        .request()
        .header("Last-Event-ID", after)
        .get(BATCHES + "/" + batch + "/events")
        .then()
        .statusCode(200)
        .contentType(containsString("text/event-stream"))
        .extract()
        .asString();
  }
}
