package io.coffer.access;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Every change of organizations, members, teams and people is on record, once, with its target. */
@QuarkusTest
class PeopleEventsTest {

  /** In its chain already, or on the way to it; one statement sees each event in one place. */
  private static final String COUNT =
      """
      select (select count(*) from activity where action = $1 and target_id = $2)
        + (select count(*) from activity_outbox
           where position(convert_to($1, 'UTF8') in event) > 0
             and (position(uuid_send($2) in event) > 0
                  or position(convert_to($2::text, 'UTF8') in event) > 0))""";

  @Inject Pool database;

  private final Someone root = Someone.systemAdmin();
  private String organization = "";
  private Someone admin = root;

  @BeforeEach
  void makeOrganization() {
    organization = Someone.newOrganization();
    admin = Someone.in(organization, "admin");
  }

  @Test
  void ofOrganizations() {
    String slug = "made-" + UUID.randomUUID();
    String id = root.post("/organizations", Map.of("slug", slug)).extract().path("id");
    root.patch("/organizations/" + slug, Map.of("name", "New")).statusCode(200);
    root.patch("/organizations/" + slug, Map.of("name", "New")).statusCode(200);
    root.delete("/organizations/" + slug).statusCode(204);
    for (String action :
        List.of("organization.create", "organization.update", "organization.delete")) {
      assertThat(recorded(action, id)).as(action).isEqualTo(1);
    }
  }

  @Test
  void ofMembersAndPrincipals() {
    String id = admin.announces(TestTokens.clusterIssuer(), Someone.unique("pod"));
    assertThat(recorded("principal.create", id)).isEqualTo(1);
    assertThat(recorded("member.set", id)).isEqualTo(1);
    admin.makes(id, organization, "use").statusCode(200);
    admin.makes(id, organization, "use").statusCode(200);
    assertThat(recorded("member.set", id)).isEqualTo(2);
    Someone.in(organization).makes(id, organization, "admin").statusCode(403);
    assertThat(recorded("member.set", id)).isEqualTo(2);
    admin.delete("/organizations/" + organization + "/members/" + id).statusCode(204);
    assertThat(recorded("member.remove", id)).isEqualTo(1);
    root.patch("/principals/" + id, Map.of("disabled", true, "system_admin", true));
    root.patch("/principals/" + id, Map.of("disabled", false, "system_admin", false));
    for (String action :
        List.of("principal.disable", "principal.enable", "principal.promote", "principal.demote")) {
      assertThat(recorded(action, id)).as(action).isEqualTo(1);
    }
  }

  @Test
  void ofDeletedPlaceholders() {
    String id =
        admin
            .post(
                "/principals",
                Map.of("user_name", Someone.unique("p"), "bind_value", Someone.unique("b")))
            .statusCode(201)
            .extract()
            .path("id");
    assertThat(recorded("placeholder.create", id)).isEqualTo(1);
    admin.delete("/principals/" + id).statusCode(204);
    admin.delete("/principals/" + id).statusCode(404);
    assertThat(recorded("placeholder.delete", id)).isEqualTo(1);
  }

  @Test
  void ofPlaceholdersThatWereDeletedInEveryOrganizationThatWaited() {
    String id =
        admin
            .post(
                "/principals",
                Map.of("user_name", Someone.unique("p"), "bind_value", Someone.unique("b")))
            .statusCode(201)
            .extract()
            .path("id");
    String other = Someone.newOrganization();
    root.makes(id, other).statusCode(201);
    root.selecting(organization).delete("/principals/" + id).statusCode(204);
    assertThat(recorded("placeholder.delete", id)).isEqualTo(2);
  }

  @Test
  void ofWhatWasGrantedToWhoIsDeletedBeforeItCame() {
    String id = admin.announces(TestTokens.clusterIssuer(), Someone.unique("pod"));
    String credential = admin.makesCredential();
    admin
        .put("/credentials/" + credential + "/grants/principals/" + id, Map.of("role", "use"))
        .statusCode(200);
    assertThat(recorded("grant.set", credential)).isEqualTo(1);
    admin.delete("/principals/" + id).statusCode(204);
    assertThat(recorded("grant.revoke", credential)).isEqualTo(1);
    assertThat(recorded("principal.delete", id)).isEqualTo(1);
  }

  @Test
  void ofWhatWasGrantedToADeletedPlaceholder() {
    String id =
        admin
            .post(
                "/principals",
                Map.of("user_name", Someone.unique("p"), "bind_value", Someone.unique("b")))
            .statusCode(201)
            .extract()
            .path("id");
    String credential = admin.makesCredential();
    admin
        .put("/credentials/" + credential + "/grants/principals/" + id, Map.of("role", "read"))
        .statusCode(200);
    admin.delete("/principals/" + id).statusCode(204);
    assertThat(recorded("grant.revoke", credential)).isEqualTo(1);
  }

  @Test
  void ofTeams() {
    String team = admin.makesTeam(Map.of("name", "Data"));
    admin.patch("/teams/" + team, Map.of("name", "Data 2")).statusCode(200);
    String place = "/teams/" + team + "/members/" + admin.id();
    admin.put(place).statusCode(201);
    admin.put(place).statusCode(200);
    admin.delete(place).statusCode(204);
    admin.delete("/teams/" + team).statusCode(204);
    for (String action :
        List.of(
            "team.create", "team.update", "team.member.add", "team.member.remove", "team.delete")) {
      assertThat(recorded(action, team)).as(action).isEqualTo(1);
    }
  }

  @Test
  void ofPlaceholders() {
    String address = UUID.randomUUID() + "@example.org";
    String id =
        admin
            .post("/principals", Map.of("user_name", address, "bind_value", address))
            .statusCode(201)
            .extract()
            .path("id");
    assertThat(recorded("placeholder.create", id)).isEqualTo(1);
    TestTokens newcomer =
        TestTokens.of(Someone.unique("newcomer"))
            .organization(organization)
            .claim("email", address)
            .claim("email_verified", true);
    assertThat(Someone.with(newcomer).id()).isEqualTo(id);
    assertThat(recorded("placeholder.bind", id)).isEqualTo(1);
  }

  private long recorded(String action, String target) {
    return database
        .preparedQuery(COUNT)
        .executeAndAwait(Tuple.of(action, UUID.fromString(target)))
        .iterator()
        .next()
        .getLong(0);
  }
}
