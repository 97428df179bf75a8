package io.coffer.access.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.coffer.access.Someone;
import io.coffer.testing.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** People and workloads: who knows whom, who is announced, who is disabled. */
@QuarkusTest
class PrincipalTest {

  @Inject Pool database;

  private String organization = "";
  private Someone admin = Someone.systemAdmin();

  @BeforeEach
  void makeOrganization() {
    organization = Someone.newOrganization();
    admin = Someone.in(organization, "admin");
  }

  @Test
  void announcesAWorkloadBeforeItsFirstCall() {
    String credential = admin.makesCredential();
    String subject = Someone.unique("system:serviceaccount:etl");
    String id =
        admin
            .post("/principals", identity(TestTokens.clusterIssuer(), subject))
            .statusCode(201)
            .body("kind", equalTo("workload"))
            .body("user_name", equalTo(subject))
            .body("placeholder", equalTo(false))
            .body("system_admin", nullValue())
            .extract()
            .path("id");
    admin.makes(id, organization, "use").statusCode(200);
    Someone workload = Someone.with(TestTokens.ofCluster(subject));
    assertThat(workload.uses(credential)).isEqualTo(200);
    assertThat(workload.id()).isEqualTo(id);
    admin
        .post("/principals", identity(TestTokens.clusterIssuer(), subject))
        .statusCode(200)
        .body("id", equalTo(id));
  }

  @Test
  void drawsNobodyOutOfAnotherOrganizationByItsName() {
    String subject = Someone.unique("system:serviceaccount:theirs");
    Map<String, String> identity = identity(TestTokens.clusterIssuer(), subject);
    String id = admin.announces(TestTokens.clusterIssuer(), subject);
    String elsewhere = Someone.newOrganization();
    Someone.in(elsewhere, "admin").post("/principals", identity).statusCode(409);
    Someone.with(TestTokens.ofCluster(subject)).get("/credentials").statusCode(200);
    Someone.systemAdmin()
        .selecting(elsewhere)
        .post("/principals", identity)
        .statusCode(201)
        .body("id", equalTo(id));
  }

  @Test
  void takesConfiguredIssuersOnly() {
    admin
        .post("/principals", identity("https://elsewhere.example.org", "x"))
        .statusCode(422)
        .body("errors.field", contains("issuer"));
    admin.post("/principals", Map.of("issuer", TestTokens.issuer())).statusCode(422);
    admin.post("/principals", Map.of("user_name", "x")).statusCode(422);
    admin
        .post("/principals", Map.of("user_name", "x", "bind_value", "y", "password", "z"))
        .statusCode(422)
        .body("errors.field", contains("password"));
    admin
        .post(
            "/principals", Map.of("issuer", TestTokens.issuer(), "subject", "x", "kind", "machine"))
        .statusCode(422)
        .body("errors.field", contains("kind"));
  }

  @Test
  void addsANumberToAUserNameThatAnotherHas() {
    String name = "twin-" + UUID.randomUUID();
    for (String expected : List.of(name, name + "2", name + "3")) {
      Map<String, String> identity =
          Map.of("issuer", TestTokens.issuer(), "subject", Someone.unique("x"), "user_name", name);
      admin.post("/principals", identity).statusCode(201).body("user_name", equalTo(expected));
    }
    Someone person =
        Someone.with(
            TestTokens.of(Someone.unique("x"))
                .claim("preferred_username", name)
                .organization(organization));
    admin.get("/principals/" + person.id()).body("user_name", equalTo(name + "4"));
  }

  @Test
  void knowsMembersTeamsAndVisitorsOfItsOwnOrganizationAlone() {
    Someone visitor = Someone.in(organization);
    String visiting = visitor.id();
    String member = admin.announces(TestTokens.clusterIssuer(), Someone.unique("member"));
    String mate = Someone.workload().idFoundByOthers();
    String team = admin.makesTeam(Map.of("name", "team"));
    admin.put("/teams/" + team + "/members/" + mate).statusCode(201);
    String stranger = Someone.workload().idFoundByOthers();

    for (Someone reader : List.of(admin, visitor)) {
      reader
          .get("/principals?page_size=200")
          .statusCode(200)
          .body("items.id", hasItem(visiting))
          .body("items.id", hasItem(member))
          .body("items.id", hasItem(mate))
          .body("items.id", not(hasItem(stranger)));
      reader.get("/principals/" + mate).statusCode(200);
      reader.get("/principals/" + stranger).statusCode(404);
      reader.patch("/principals/" + stranger, Map.of("disabled", true)).statusCode(404);
      reader.get("/principals?all=true").statusCode(403);
    }
    Someone elsewhere = Someone.in(Someone.newOrganization(), "admin");
    elsewhere
        .get("/principals?page_size=200")
        .body("items.id", hasItem(elsewhere.id()))
        .body("items.id", not(hasItem(visiting)))
        .body("items.id", not(hasItem(member)))
        .body("items.id", not(hasItem(mate)));
  }

  @Test
  void knowsGranteesFromElsewhereAsAnAdminOnly() {
    String credential = admin.makesCredential();
    String grantee = Someone.workload().idFoundByOthers();
    database
        .preparedQuery(
            """
            insert into access_grant (resource_kind, resource, organization, principal, role,
              granted_by)
            select 'credential', id, organization, $2, 'read', $2 from credential where id = $1""")
        .executeAndAwait(Tuple.of(UUID.fromString(credential), UUID.fromString(grantee)));
    admin.get("/principals/" + grantee).statusCode(200);
    Someone.in(organization, "use").get("/principals/" + grantee).statusCode(404);
  }

  @Test
  void refusesWhoIsDisabledOnTheNextRequest() {
    String credential = admin.makesCredential();
    Someone user = Someone.in(organization, "use");
    Someone root = Someone.systemAdmin();
    String path = "/principals/" + user.id();
    assertThat(user.uses(credential)).isEqualTo(200);
    root.patch(path, Map.of("disabled", true)).statusCode(200).body("disabled", equalTo(true));
    assertThat(user.uses(credential)).isEqualTo(403);
    assertThat(user.reads(credential)).isEqualTo(403);
    user.get("/me").body("type", equalTo("urn:coffer:problem:principal-disabled"));
    user.get("/organizations").statusCode(403);
    root.patch(path, Map.of("disabled", false)).statusCode(200);
    assertThat(user.uses(credential)).isEqualTo(200);
  }

  @Test
  void putsSomebodyOverAllOrganizations() {
    Someone person = Someone.in(organization);
    Someone root = Someone.systemAdmin();
    String path = "/principals/" + person.id();
    person.get("/principals?all=true").statusCode(403);
    root.patch(path, Map.of("system_admin", true))
        .statusCode(200)
        .body("system_admin", equalTo(true));
    person.get("/principals?all=true").statusCode(200);
    person.get("/admin/keys").statusCode(200);
    root.patch(path, Map.of("system_admin", false)).statusCode(200);
    person.get("/principals?all=true").statusCode(403);
  }

  @Test
  void doesNotLetASystemAdminLockItselfOut() {
    Someone root = Someone.systemAdmin();
    String self = root.selecting(organization).id();
    root.patch("/principals/" + self, Map.of("disabled", true)).statusCode(409);
    root.patch("/principals/" + UUID.randomUUID(), Map.of("disabled", true)).statusCode(404);
    root.patch("/principals/" + self, Map.of("disabled", "yes", "x", 1))
        .statusCode(422)
        .body("errors.size()", equalTo(2));
  }

  private static Map<String, String> identity(String issuer, String subject) {
    return Map.of("issuer", issuer, "subject", subject);
  }

  @Test
  void deletesWhoWasAnnouncedAndNeverCame() {
    String credential = admin.makesCredential();
    String subject = Someone.unique("system:serviceaccount:gone");
    String id = admin.announces(TestTokens.clusterIssuer(), subject);
    admin.makes(id, organization, "use").statusCode(200);
    admin
        .put("/credentials/" + credential + "/grants/principals/" + id, Map.of("role", "use"))
        .statusCode(200);
    Someone.in(organization).delete("/principals/" + id).statusCode(403);
    admin.delete("/principals/" + id).statusCode(204);
    admin.get("/principals/" + id).statusCode(404);
    String again = admin.announces(TestTokens.clusterIssuer(), subject);
    assertThat(again).isNotEqualTo(id);
    Someone workload = Someone.with(TestTokens.ofCluster(subject));
    assertThat(workload.id()).isEqualTo(again);
    admin.delete("/principals/" + again).statusCode(409);
  }

  @Test
  void forgetsNoDisablingOrPromotion() {
    for (String what : List.of("disabled", "system_admin")) {
      String id = admin.announces(TestTokens.clusterIssuer(), Someone.unique("pod"));
      Someone root = Someone.systemAdmin();
      root.patch("/principals/" + id, Map.of(what, true)).statusCode(200);
      admin.delete("/principals/" + id).statusCode(409);
      root.selecting(organization).delete("/principals/" + id).statusCode(204);
    }
  }

  @Test
  void knowsAnIssuerByItsNameItsAddressAndAsItIsRecorded() {
    String subject = Someone.unique("system:serviceaccount:named");
    String id = admin.announces("cluster", subject);
    assertThat(admin.announces(TestTokens.clusterIssuer(), subject)).isEqualTo(id);
    admin
        .get("/principals/" + id)
        .body("issuer", equalTo(TestTokens.clusterIssuer()))
        .body("kind", equalTo("workload"));
  }

  @Test
  void tellsWhichIssuersThereAre() {
    for (Map<String, String> body :
        List.of(Map.of("subject", "x"), Map.of("subject", "x", "issuer", "nobody"))) {
      admin
          .post("/principals", body)
          .statusCode(422)
          .body("errors.field", contains("issuer"))
          .body("errors.message[0]", containsString("cluster, default"));
    }
  }
}
