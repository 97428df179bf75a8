package io.coffer.access.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.coffer.access.Someone;
import io.coffer.testing.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Transaction;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Placeholders: who becomes one, once, and who does not. */
@QuarkusTest
class PlaceholderTest {

  @Inject Pool database;

  private String organization = "";
  private Someone admin = Someone.systemAdmin();
  private String address = "";

  @BeforeEach
  void makeOrganization() {
    organization = Someone.newOrganization();
    admin = Someone.in(organization, "admin");
    address = "p-" + UUID.randomUUID() + "@Example.org";
  }

  @Test
  void becomesTheNewcomerWithItsAddress() {
    String credential = admin.makesCredential();
    String id = placeholder(address);
    admin
        .get("/principals/" + id)
        .body("placeholder", equalTo(true))
        .body("bind_value", equalTo(address))
        .body("bind_until", notNullValue())
        .body("issuer", nullValue());
    Someone.in(organization)
        .get("/principals/" + id)
        .body("placeholder", equalTo(true))
        .body("bind_value", nullValue());
    admin.makes(id, organization, "use").statusCode(200);

    Someone newcomer = Someone.with(verified(address));
    assertThat(newcomer.uses(credential)).isEqualTo(200);
    assertThat(newcomer.id()).isEqualTo(id);
    admin
        .get("/principals/" + id)
        .body("placeholder", equalTo(false))
        .body("issuer", equalTo(TestTokens.issuer()))
        .body("bind_value", nullValue());
    assertThat(idOf(verified(address))).isNotEqualTo(id);
  }

  @Test
  void becomesOneOfManyWhoComeAtOnce() throws Exception {
    String id = placeholder(address);
    List<Callable<String>> requests = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      TestTokens token = verified(address);
      requests.add(() -> idOf(token));
      requests.add(() -> idOf(token));
    }
    List<String> ids = new ArrayList<>();
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<String> answer : clients.invokeAll(requests)) {
        ids.add(answer.get());
      }
    }
    for (int i = 0; i < ids.size(); i += 2) {
      assertThat(ids.get(i)).isEqualTo(ids.get(i + 1));
    }
    assertThat(ids.stream().distinct()).hasSize(8);
    assertThat(ids.stream().filter(id::equals)).hasSize(2);
  }

  @Test
  void waitsForAnAddressThatTheProviderVerified() {
    String id = placeholder(address);
    assertThat(idOf(newcomer().claim("email", address))).isNotEqualTo(id);
    assertThat(idOf(newcomer().claim("email", address).claim("email_verified", false)))
        .isNotEqualTo(id);
    assertThat(idOf(newcomer().claim("nickname", address).claim("email_verified", true)))
        .isNotEqualTo(id);
    assertThat(idOf(verified(address.toLowerCase(Locale.ROOT)))).isNotEqualTo(id);
    assertThat(idOf(verified("x" + address))).isNotEqualTo(id);
    assertThat(idOf(verified(address))).isEqualTo(id);
  }

  @Test
  void doesNotBelieveAnIssuerThatSpeaksForNothing() {
    String id = placeholder(address);
    TestTokens token =
        TestTokens.ofCluster(Someone.unique("pod"))
            .claim("email", address)
            .claim("email_verified", true);
    assertThat(Someone.with(token).idFoundByOthers()).isNotEqualTo(id);
    assertThat(idOf(verified(address))).isEqualTo(id);
  }

  @Test
  void isNobodyWhoCameBefore() {
    String subject = Someone.unique("early");
    String early = idOf(TestTokens.of(subject).organization(organization));
    String id = placeholder(address);
    TestTokens again =
        TestTokens.of(subject)
            .organization(organization)
            .claim("email", address)
            .claim("email_verified", true);
    assertThat(idOf(again)).isEqualTo(early).isNotEqualTo(id);
    assertThat(idOf(verified(address))).isEqualTo(id);
  }

  @Test
  void isDeletedWithWhatItWasGiven() {
    String id = placeholder(address);
    String credential = admin.makesCredential();
    admin.makes(id, organization, "use").statusCode(200);
    admin
        .put("/credentials/" + credential + "/grants/principals/" + id, Map.of("role", "use"))
        .statusCode(200);
    Someone.in(organization)
        .delete("/principals/" + id)
        .statusCode(403)
        .body("missing_role", hasItem("admin"));
    Someone.in(Someone.newOrganization(), "admin").delete("/principals/" + id).statusCode(404);
    admin.delete("/principals/" + id).statusCode(204);
    admin.get("/principals/" + id).statusCode(404);
    admin.delete("/principals/" + id).statusCode(404);
    assertThat(idOf(verified(address))).isNotEqualTo(id);
    assertThat(placeholder("x" + address)).isNotEqualTo(id);
  }

  @Test
  void isNotDeletedByOneOfTheOrganizationsThatWaitForIt() {
    String id = placeholder(address);
    String other = Someone.newOrganization();
    Someone.systemAdmin().makes(id, other).statusCode(201);
    admin
        .delete("/principals/" + id)
        .statusCode(409)
        .body("type", equalTo("urn:coffer:problem:conflict"));
    Someone.systemAdmin().selecting(organization).delete("/principals/" + id).statusCode(204);
    assertThat(idOf(verified(address))).isNotEqualTo(id);
  }

  @Test
  void isGoneForWhoeverGivesItSomethingWhileItIsDeleted() throws Exception {
    String credential = admin.makesCredential();
    String team = admin.makesTeam(Map.of("name", Someone.unique("team")));
    String grants = "/credentials/" + credential + "/grants/principals/";
    List<Function<String, ValidatableResponse>> gifts =
        List.of(
            id -> admin.put(grants + id, Map.of("role", "use")),
            id -> admin.put("/teams/" + team + "/members/" + id),
            id -> admin.makes(id, organization, "use"));
    for (Function<String, ValidatableResponse> gift : gifts) {
      String id = placeholder(Someone.unique("bind"));
      assertThat(statusWhileDeleted(id, () -> gift.apply(id))).isEqualTo(404);
    }
    String id = placeholder(address);
    Map<String, String> same = Map.of("user_name", Someone.unique("name"), "bind_value", address);
    assertThat(statusWhileDeleted(id, () -> admin.post("/principals", same))).isEqualTo(201);
  }

  /** What a request is answered that comes while the row is being deleted. */
  private int statusWhileDeleted(String id, Supplier<ValidatableResponse> request)
      throws Exception {
    SqlConnection deleting = database.getConnectionAndAwait();
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      Transaction deletion = deleting.beginAndAwait();
      for (String sql :
          List.of(
              "delete from membership where principal = $1",
              "delete from principal where id = $1")) {
        deleting.preparedQuery(sql).executeAndAwait(Tuple.of(UUID.fromString(id)));
      }
      Future<Integer> status = clients.submit(() -> request.get().extract().statusCode());
      while (!status.isDone() && waiting() == 0) {
        Thread.onSpinWait();
      }
      deletion.commitAndAwait();
      return status.get();
    } finally {
      deleting.closeAndAwait();
    }
  }

  /** How many statements wait for a lock that another one holds. */
  private long waiting() {
    return database
        .query("select count(*) from pg_stat_activity where wait_event_type = 'Lock'")
        .executeAndAwait()
        .iterator()
        .next()
        .getLong(0);
  }

  @Test
  void isNotDeletedOnceSomebodyBecameIt() {
    String id = placeholder(address);
    assertThat(idOf(verified(address))).isEqualTo(id);
    admin.delete("/principals/" + id).statusCode(409);
    admin.get("/principals/" + id).statusCode(200);
  }

  @Test
  void doesNotWaitForEverAndCanBeRenewed() {
    String id = placeholder(address);
    database
        .preparedQuery("update principal set bind_until = now() - interval '1 s' where id = $1")
        .executeAndAwait(Tuple.of(UUID.fromString(id)));
    assertThat(idOf(verified(address))).isNotEqualTo(id);
    assertThat(placeholder(address)).isEqualTo(id);
    assertThat(idOf(verified(address))).isEqualTo(id);
  }

  @Test
  void neverIsASystemAdminAndNeverBindsWhileDisabled() {
    String id = placeholder(address);
    Someone root = Someone.systemAdmin();
    root.patch("/principals/" + id, Map.of("system_admin", true)).statusCode(409);
    root.patch("/principals/" + id, Map.of("disabled", true)).statusCode(200);
    assertThat(idOf(verified(address))).isNotEqualTo(id);
  }

  @Test
  void isSharedByNobodyButSystemAdmins() {
    String id = placeholder(address);
    String elsewhere = Someone.newOrganization();
    Map<String, String> same = Map.of("user_name", "other", "bind_value", address);
    Someone.in(elsewhere, "admin").post("/principals", same).statusCode(409);
    Someone.systemAdmin()
        .selecting(elsewhere)
        .post("/principals", same)
        .statusCode(201)
        .body("id", equalTo(id));
  }

  private String placeholder(String bindValue) {
    return admin
        .post("/principals", Map.of("user_name", Someone.unique("name"), "bind_value", bindValue))
        .extract()
        .path("id");
  }

  private TestTokens verified(String email) {
    return newcomer().claim("email", email).claim("email_verified", true);
  }

  private TestTokens newcomer() {
    return TestTokens.of(Someone.unique("newcomer")).organization(organization);
  }

  private static String idOf(TestTokens token) {
    return Someone.with(token).id();
  }
}
