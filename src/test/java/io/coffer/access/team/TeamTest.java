package io.coffer.access.team;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.coffer.access.Someone;
import io.coffer.testing.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Teams: their life, and what being in one gives, by a row or by a token. */
@QuarkusTest
class TeamTest {

  @Inject Pool database;

  private String organization = "";
  private Someone admin = Someone.systemAdmin();

  @BeforeEach
  void makeOrganization() {
    organization = Someone.newOrganization();
    admin = Someone.in(organization, "admin");
  }

  @Test
  void livesByMergePatch() {
    Map<String, String> text =
        Map.of("name", "Data", "description", "Warehouses", "claim_value", "/data");
    String id = admin.makesTeam(text);
    String etag =
        admin
            .get("/teams/" + id)
            .statusCode(200)
            .body("name", equalTo("Data"))
            .body("revision", equalTo(1))
            .extract()
            .header("ETag");
    Map<String, Object> patch = new HashMap<>();
    patch.put("claim_value", null);
    admin
        .patch("/teams/" + id, patch)
        .statusCode(200)
        .body("claim_value", nullValue())
        .body("description", equalTo("Warehouses"))
        .body("revision", equalTo(2));
    admin
        .request()
        .header("If-Match", etag)
        .body(Map.of("name", "x"))
        .patch("/api/v1/teams/" + id)
        .then()
        .statusCode(412)
        .body("revision", equalTo(2));
    admin.request().header("If-Match", etag).delete("/api/v1/teams/" + id).then().statusCode(412);
    admin.delete("/teams/" + id).statusCode(204);
    admin.get("/teams/" + id).statusCode(404);
    admin.get("/teams").body("items", empty());
  }

  @Test
  void hasANameAndAClaimValueOfItsOwn() {
    String id = admin.makesTeam(Map.of("name", "Data", "claim_value", "data"));
    admin
        .post("/teams", Map.of("name", "DATA"))
        .statusCode(409)
        .body("type", equalTo("urn:coffer:problem:name-taken"));
    admin.post("/teams", Map.of("name", "Other", "claim_value", "data")).statusCode(409);
    String other = admin.makesTeam(Map.of("name", "Other"));
    admin.patch("/teams/" + other, Map.of("name", "data")).statusCode(409);
    admin
        .post("/teams", Map.of("name", " ", "colour", "red"))
        .statusCode(422)
        .body("errors.field", contains("name", "colour"));
    Someone.in(Someone.newOrganization(), "admin").makesTeam(Map.of("name", "Data"));
    admin.get("/teams?name__iexact=data").body("items.id", contains(id));
  }

  @Test
  void givesAndTakesOnTheNextRequest() {
    String credential = admin.makesCredential();
    Someone member = Someone.in(organization);
    String team = admin.makesTeam(Map.of("name", "Data"));
    grant(credential, team, "use");
    assertThat(member.uses(credential)).isEqualTo(404);
    String place = "/teams/" + team + "/members/" + member.id();
    admin.put(place).statusCode(201).body("id", equalTo(member.id()));
    admin.put(place).statusCode(200);
    assertThat(member.uses(credential)).isEqualTo(200);
    assertThat(member.reads(credential)).isEqualTo(200);
    member.get("/me").body("teams.id", contains(team));
    admin.get("/teams?member=" + member.id()).body("items.id", contains(team));
    admin.delete(place).statusCode(204);
    admin.delete(place).statusCode(404);
    assertThat(member.uses(credential)).isEqualTo(404);
    assertThat(member.reads(credential)).isEqualTo(404);

    admin.put(place).statusCode(201);
    assertThat(member.uses(credential)).isEqualTo(200);
    admin.delete("/teams/" + team).statusCode(204);
    assertThat(member.uses(credential)).isEqualTo(404);
  }

  @Test
  void countsTheTokensTeamsAsLongAsTheTokenSaysSo() {
    String credential = admin.makesCredential();
    String team = admin.makesTeam(Map.of("name", "Data", "claim_value", "/data"));
    grant(credential, team, "use");
    String subject = Someone.unique("person");
    Someone inTeam = Someone.with(token(subject).claim("groups", List.of("/data", "/other")));
    Someone outside = Someone.with(token(subject).claim("groups", List.of("/other")));
    assertThat(inTeam.uses(credential)).isEqualTo(200);
    assertThat(inTeam.reads(credential)).isEqualTo(200);
    inTeam.get("/me").body("teams.id", contains(team));
    assertThat(outside.uses(credential)).isEqualTo(404);
    outside.get("/me").body("teams", empty());
    admin.get("/teams/" + team + "/members").body("items", empty());
    admin.patch("/teams/" + team, Map.of("claim_value", "/new")).statusCode(200);
    assertThat(inTeam.uses(credential)).isEqualTo(404);
  }

  @Test
  void doesNotCountTheTeamsOfAnIssuerThatSpeaksForNothing() {
    String credential = admin.makesCredential();
    String team = admin.makesTeam(Map.of("name", "Data", "claim_value", "/data"));
    grant(credential, team, "use");
    String subject = Someone.unique("pod");
    String id = admin.announces(TestTokens.clusterIssuer(), subject);
    Someone pod = Someone.with(TestTokens.ofCluster(subject).claim("groups", List.of("/data")));
    assertThat(pod.uses(credential)).isEqualTo(404);
    admin.put("/teams/" + team + "/members/" + id).statusCode(201);
    assertThat(pod.uses(credential)).isEqualTo(200);
  }

  @Test
  void doesNotLetASystemAdminDrawItselfIn() {
    String team = admin.makesTeam(Map.of("name", "Data"));
    Someone root =
        Someone.with(
            TestTokens.of(Someone.unique("root"))
                .organization(organization)
                .roles("system_admin")
                .claim("groups", List.of("/root")));
    root.put("/teams/" + team + "/members/" + root.id()).statusCode(403);
    root.patch("/teams/" + team, Map.of("claim_value", "/root")).statusCode(403);
    root.post("/teams", Map.of("name", "Root", "claim_value", "/root")).statusCode(403);
    root.patch("/teams/" + team, Map.of("claim_value", "/others")).statusCode(200);
    admin.put("/teams/" + team + "/members/" + root.id()).statusCode(201);
    root.delete("/teams/" + team + "/members/" + root.id()).statusCode(204);
  }

  @Test
  void knowsNobodyAndNothingThatIsNotThere() {
    String team = admin.makesTeam(Map.of("name", "Data"));
    admin.put("/teams/" + team + "/members/" + UUID.randomUUID()).statusCode(404);
    admin.put("/teams/" + UUID.randomUUID() + "/members/" + admin.id()).statusCode(404);
    admin.get("/teams/" + UUID.randomUUID() + "/members").statusCode(404);
    admin.get("/teams/no-id").statusCode(404);
  }

  private TestTokens token(String subject) {
    return TestTokens.of(subject).organization(organization);
  }

  private void grant(String credential, String team, String role) {
    database
        .preparedQuery(
            """
            insert into access_grant (resource_kind, resource, organization, team, role, granted_by)
            select 'credential', id, organization, $2, $3, created_by from credential
            where id = $1""")
        .executeAndAwait(Tuple.of(UUID.fromString(credential), UUID.fromString(team), role));
  }
}
