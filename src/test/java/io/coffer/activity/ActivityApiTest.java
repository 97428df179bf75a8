package io.coffer.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.coffer.activity.verify.OfflineVerify;
import io.coffer.credential.Api;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The record as auditors and readers of credentials see it. */
@QuarkusTest
class ActivityApiTest {

  private final String organization = Api.newOrganization();
  private final Api admin = Api.as("alice", organization, "admin");
  private final Api auditor = Api.as("audrey", organization, "auditor");

  @Inject Pool pool;
  @Inject Refusals refusals;
  @Inject ActivityWriter writer;

  @Test
  void everyStepOfALifeIsRecorded() {
    String id = admin.created("one", "sk-one-0123456789abcdef");
    admin.patch(id, Map.of("name", "two", "fields", Map.of("api_key", "sk-two-0123456789abcdef")));
    admin.use(id).statusCode(200);
    String copy = admin.copy(id, Map.of("name", "three")).statusCode(201).extract().path("id");
    admin.setDefault(id).statusCode(200);
    admin.setDefault(copy).statusCode(200);
    admin.delete(id).statusCode(200);
    admin.restore(id).statusCode(200);
    admin.purge(id).statusCode(204);

    eventually(
        () ->
            events(auditor, "?target=" + id + "&order_by=time&page_size=100")
                .body(
                    "items.action",
                    containsInAnyOrder(
                        "create",
                        "change",
                        "use",
                        "copy",
                        "default_set",
                        "default_cleared",
                        "delete",
                        "restore",
                        "purge")));
    events(auditor, "?target=" + id + "&action=change")
        .body("items[0].details.changed", equalTo("fields,fields.api_key,name"))
        .body("items[0].details.sealed", notNullValue())
        .body("items[0].actor.subject", equalTo("alice"))
        .body("items[0].target.version", equalTo(2))
        .body("items[0].target.revision", equalTo(2));
    events(auditor, "?target=" + id + "&action=purge")
        .body("items[0].details.sealed", equalTo("none"));
  }

  @Test
  void aUseIsInTheListWhenItsValueIsOut() {
    String id = admin.created("one", "sk-one-0123456789abcdef");
    String requestId = "request-" + UUID.randomUUID();
    admin.request().header("X-Request-ID", requestId).post("/api/v1/credentials/" + id + "/use");
    events(auditor, "?request_id=" + requestId)
        .body("items", hasSize(1))
        .body("items[0].action", equalTo("use"))
        .body("items[0].outcome", equalTo("done"))
        .body("items[0].organization", notNullValue())
        .body("items[0].client_address", notNullValue());
  }

  @Test
  void refusedUsesAreJoinedWithACount() {
    String id = admin.created("one", "sk-one-0123456789abcdef");
    Api reader = Api.as("rob", organization, "read");
    for (int i = 0; i < 3; i++) {
      reader.use(id).statusCode(403);
    }
    refusals.join(Instant.now());
    writer.refusalsDue();
    eventually(
        () ->
            events(auditor, "?target=" + id + "&outcome=refused")
                .body("items", hasSize(1))
                .body("items[0].reason", equalTo("missing_role"))
                .body("items[0].details.count", equalTo("3")));
  }

  @Test
  void onlyAuditorsSeeTheRecord() {
    admin
        .request()
        .get("/api/v1/activity")
        .then()
        .statusCode(403)
        .body("missing_role", hasItem("auditor"));
    admin.request().get("/api/v1/activity/export").then().statusCode(403);
    admin.request().get("/api/v1/activity/verify").then().statusCode(403);
    auditor.request().get("/api/v1/activity?unassigned=true").then().statusCode(403);
  }

  @Test
  void anAuditorSeesNoOtherOrganization() {
    String id = admin.created("one", "sk-one-0123456789abcdef");
    admin.use(id).statusCode(200);
    Api other = Api.as("oscar", Api.newOrganization(), "auditor");
    events(other, "?target=" + id).body("items", hasSize(0));
    other.request().get("/api/v1/credentials/" + id + "/activity").then().statusCode(404);
  }

  @Test
  void aPersonalCredentialShowsToAuditorsByItsIdAlone() {
    Map<String, Object> personal = new HashMap<>();
    personal.put("name", "mine");
    personal.put("type", "openai");
    personal.put("fields", Map.of("api_key", "sk-mine-0123456789abcdef"));
    personal.put("organization", null);
    String id = admin.create(personal).statusCode(201).extract().path("id");
    admin.use(id).statusCode(200);
    auditor.read(id).statusCode(404);
    auditor
        .request()
        .get("/api/v1/credentials/" + id + "/activity")
        .then()
        .statusCode(200)
        .body("items.action", hasItem("use"));
  }

  @Test
  void aPurgedCredentialsRecordStaysForAuditors() {
    String id = admin.created("one", "sk-one-0123456789abcdef");
    admin.use(id).statusCode(200);
    admin.purge(id).statusCode(204);
    admin.request().get("/api/v1/credentials/" + id + "/activity").then().statusCode(404);
    auditor
        .request()
        .get("/api/v1/credentials/" + id + "/activity")
        .then()
        .statusCode(200)
        .body("items.action", hasItem("use"));
    auditor
        .request()
        .get("/api/v1/credentials/" + id + "/usage")
        .then()
        .statusCode(200)
        .body("days", hasSize(1));
  }

  @Test
  void usageTellsWhoHowOftenAndWhatDependsOnIt() {
    String id = admin.created("one", "sk-one-0123456789abcdef");
    admin.use(id).statusCode(200);
    admin.use(id).statusCode(200);
    String copy = admin.copy(id, Map.of("name", "copy")).statusCode(201).extract().path("id");
    admin.setDefault(id).statusCode(200);
    admin
        .request()
        .get("/api/v1/credentials/" + id + "/usage")
        .then()
        .statusCode(200)
        .body("last_used_at", notNullValue())
        .body("last_used_by.subject", equalTo("alice"))
        .body("days", hasSize(1))
        .body("days[0].uses", equalTo(3))
        .body("dependents.kind", contains("default", "copy"))
        .body("dependents.id", hasItem(copy));
  }

  @Test
  void aDryRunTellsWhatADeletionWouldMeetAndChangesNothing() {
    String id = admin.created("one", "sk-one-0123456789abcdef");
    admin.setDefault(id).statusCode(200);
    deletion(id, "?dry_run=true&if_unused_for=24h")
        .statusCode(200)
        .body("refusal", nullValue())
        .body("last_used_at", nullValue())
        .body("dependents.kind", contains("default"));
    admin.use(id).statusCode(200);
    deletion(id, "?dry_run=true&if_unused_for=24h").statusCode(200).body("refusal", notNullValue());
    deletion(id, "?if_unused_for=24h").statusCode(409);
    admin.read(id).statusCode(200);
    deletion(id, "").statusCode(200).body("dependents.kind", contains("default"));
    admin.read(id).statusCode(404);
  }

  @Test
  void theExportHasEveryEventOnceAndVerifiesByItself() throws IOException {
    String id = admin.created("one", "sk-one-0123456789abcdef");
    for (int i = 0; i < 5; i++) {
      admin.use(id).statusCode(200);
    }
    List<String> first = export("");
    assertThat(first.stream().filter(line -> line.contains("\"use\""))).hasSize(5);
    assertThat(verified(first)).startsWith("0 ").contains("intact");

    admin.use(id).statusCode(200);
    List<String> more = export("?after=" + idOf(first.getLast()));
    assertThat(more.stream().filter(line -> line.contains("\"use\""))).hasSize(1);
    List<String> all = new ArrayList<>(first);
    all.addAll(more);
    assertThat(all).doesNotHaveDuplicates();
    assertThat(verified(all)).startsWith("0 ");

    String edited = all.getFirst().replace("alice", "mallory");
    assertThat(edited).isNotEqualTo(all.getFirst());
    all.set(0, edited);
    assertThat(verified(all)).startsWith("1 ").contains("EDITED");
  }

  @Test
  void theExportGoesOnBehindEventsOfItsOwnRecordOnly() throws IOException {
    admin.use(admin.created("one", "sk-one-0123456789abcdef")).statusCode(200);
    List<String> lines = export("");
    assertThat(lines).isNotEmpty();
    assertThat(export("?after=" + idOf(lines.getLast()))).doesNotContainAnyElementsOf(lines);
    Api elsewhere = Api.as("audrey", Api.newOrganization(), "admin", "auditor");
    elsewhere.use(elsewhere.created("two", "sk-one-0123456789abcdef")).statusCode(200);
    String foreign =
        elsewhere.request().get("/api/v1/activity").then().extract().path("items[0].id");
    for (String unknown : List.of(UUID.randomUUID().toString(), foreign)) {
      auditor
          .request()
          .get("/api/v1/activity/export?after=" + unknown)
          .then()
          .statusCode(400)
          .body("errors.field", contains("after"));
    }
    String beforeAll = "00000000-0000-7000-8000-000000000000";
    assertThat(export("?after=" + beforeAll)).containsAll(lines);
  }

  @Test
  void theRecordOfARunningApplicationIsIntact() {
    String id = admin.created("one", "sk-one-0123456789abcdef");
    admin.use(id).statusCode(200);
    auditor
        .request()
        .get("/api/v1/activity/verify")
        .then()
        .statusCode(200)
        .body("complete", equalTo(true))
        .body("tags_checked", equalTo(true))
        .body("findings.findAll { it.credential == '" + id + "' }", hasSize(0));
  }

  @Test
  void aRowThatWasPutBackToAnOlderStateIsNamed() {
    String id = admin.created("one", "sk-one-0123456789abcdef");
    pool.query(
            "create table old_"
                + id.replace('-', '_')
                + " as select * from credential where id = '"
                + id
                + "'")
        .executeAndAwait();
    admin.patch(id, Map.of("fields", Map.of("api_key", "sk-two-0123456789abcdef"))).statusCode(200);
    pool.query(
            "update credential c set sealed = o.sealed, version = o.version, revision = o.revision,"
                + " data_key = o.data_key, masked_content = o.masked_content from old_"
                + id.replace('-', '_')
                + " o where o.id = c.id")
        .executeAndAwait();
    // It opens: nothing but the record knows that it is not the newest.
    admin.use(id).statusCode(200);
    List<String> messages =
        auditor
            .request()
            .get("/api/v1/activity/verify")
            .then()
            .statusCode(200)
            .body("intact", equalTo(false))
            .extract()
            .path("findings.findAll { it.credential == '" + id + "' }.message");
    assertThat(messages).containsExactly("the row is at revision 1, the record at 2");
    admin.purge(id);
    pool.query("drop table old_" + id.replace('-', '_')).executeAndAwait();
  }

  @Test
  void aTokenThatIsNotAcceptedIsRecordedWithoutItsContent() {
    admin.request().auth().oauth2("not.a.token").get("/api/v1/credentials").then().statusCode(401);
    refusals.join(Instant.now());
    writer.refusalsDue();
    Api system = Api.as("sarah", organization, "system_admin");
    eventually(
        () ->
            events(system, "?unassigned=true&action=login")
                .body("items.outcome", hasItem("failed"))
                .body("items.reason", hasItems("token_malformed")));
  }

  private List<String> export(String query) {
    return auditor
        .request()
        .get("/api/v1/activity/export" + query)
        .then()
        .statusCode(200)
        .contentType(startsWith("application/x-ndjson"))
        .extract()
        .asString()
        .lines()
        .toList();
  }

  private static String idOf(String line) {
    return JsonPath.from(line).getString("id");
  }

  /** Exit status and output of the verifier that runs without the application. */
  private static String verified(List<String> lines) throws IOException {
    Path file = Files.createTempFile("export", ".jsonl");
    Files.write(file, lines);
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    int status = new OfflineVerify(out, Map.of()).run(List.of("--export", file.toString()));
    return status + " " + printed.toString(StandardCharsets.UTF_8);
  }

  /** Looks again until it is so: what nobody waits for is there soon, not at once. */
  private static void eventually(Runnable assertion) {
    long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (true) {
      try {
        assertion.run();
        return;
      } catch (AssertionError error) {
        if (System.nanoTime() - until > 0) {
          throw error;
        }
      }
    }
  }

  private ValidatableResponse deletion(String id, String query) {
    return admin.request().delete("/api/v1/credentials/" + id + query).then();
  }

  private static ValidatableResponse events(Api api, String query) {
    return api.request()
        .urlEncodingEnabled(false)
        .get("/api/v1/activity" + query)
        .then()
        .statusCode(200);
  }
}
