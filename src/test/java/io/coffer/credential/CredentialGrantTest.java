package io.coffer.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import io.coffer.credential.Sharing.Person;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rules by which credentials are shared, each through the API. */
@QuarkusTest
class CredentialGrantTest {

  @Inject Pool database;

  private Sharing sharing;
  private Person admin;
  private Person member;
  private Person outsider;
  private String id = "";

  @BeforeEach
  void makeCredential() {
    sharing = new Sharing(database);
    admin = sharing.person("admin", "here", "admin");
    member = sharing.person("member", "here");
    outsider = sharing.person("outsider", "there");
    id = admin.creates("shared", false);
  }

  @Test
  void givesWhatIsGrantedAndTakesItBack() {
    assertThat(member.reads(id)).isEqualTo(404);
    admin.grants(id, member, "read").statusCode(200).body("role", equalTo("read"));
    assertThat(member.reads(id)).isEqualTo(200);
    assertThat(member.uses(id)).isEqualTo(403);
    admin.grants(id, member, "use").statusCode(200);
    assertThat(member.uses(id)).isEqualTo(200);
    admin.revokes(id, "principals/" + member.id()).statusCode(204);
    assertThat(member.reads(id)).isEqualTo(404);
    assertThat(member.uses(id)).isEqualTo(404);
    admin.revokes(id, "principals/" + member.id()).statusCode(404);
  }

  @Test
  void saysInCapabilitiesWhatMayBeDone() {
    admin.grants(id, member, "read");
    assertThat(member.capabilities(id)).containsExactly("read");
    admin.grants(id, member, "use");
    assertThat(member.capabilities(id)).containsExactly("read", "use");
    admin.grants(id, member, "admin");
    assertThat(member.capabilities(id)).containsExactly("read", "use", "admin");
  }

  @Test
  void showsWhoMayUseNoMoreMetadataThanWhoMayRead() {
    admin.grants(id, member, "read");
    Map<String, Object> asReader = member.gets("/" + id).extract().path("");
    admin.grants(id, member, "use");
    Map<String, Object> asUser = member.gets("/" + id).extract().path("");
    asReader.remove("capabilities");
    asUser.remove("capabilities");
    assertThat(asUser).isEqualTo(asReader);
  }

  @Test
  void letsWhoHasAdminByGrantGrantWithinTheOrganization() {
    Person third = sharing.person("third", "here");
    admin.grants(id, member, "admin");
    member.grants(id, third, "admin").statusCode(200);
    assertThat(third.uses(id)).isEqualTo(200);
  }

  @Test
  void namesAdminWhereItIsMissing() {
    Person third = sharing.person("third", "here");
    admin.grants(id, member, "use");
    member.grants(id, third, "read").statusCode(403).body("missing_role", contains("admin"));
    member.revokes(id, "principals/" + admin.id()).statusCode(403);
    member.gets("/" + id + "/grants").statusCode(403).body("missing_role", contains("admin"));
    outsider.grants(id, third, "read").statusCode(404);
    outsider.gets("/" + id + "/grants").statusCode(404);
  }

  @Test
  void letsASystemAdministratorGrantNoMoreThanItHas() {
    Person root = sharing.person("root", "here", "system_admin");
    root.grants(id, member, "read").statusCode(200);
    root.grants(id, member, "use").statusCode(403).body("missing_role", contains("use"));
    root.grants(id, member, "admin").statusCode(403).body("missing_role", contains("use"));
    root.grants(id, root, "admin").statusCode(403).body("missing_role", contains("use"));
  }

  @Test
  void letsASystemAdministratorGrantItselfUseForAReasonOnly() {
    Person root = sharing.person("root", "here", "system_admin");
    String self = "principals/" + root.id();
    root.grants(id, self, Map.of("role", "use"))
        .statusCode(422)
        .body("errors.field", contains("reason"));
    assertThat(root.uses(id)).isEqualTo(403);
    root.grants(id, self, Map.of("role", "use", "reason", "Production is down, INC-7"))
        .statusCode(200)
        .body("reason", equalTo("Production is down, INC-7"));
    assertThat(root.uses(id)).isEqualTo(200);
  }

  @Test
  void doesNotLetASystemAdministratorPassOnOrWidenWhatItGaveItself() {
    Person root = sharing.person("root", "here", "system_admin");
    String self = "principals/" + root.id();
    Map<String, String> emergency = Map.of("role", "use", "reason", "Production is down, INC-7");
    root.grants(id, self, emergency).statusCode(200);
    root.grants(id, self, Map.of("role", "use"))
        .statusCode(422)
        .body("errors.field", contains("reason"));
    root.grants(id, self, emergency)
        .statusCode(200)
        .body("across_organizations", equalTo(false))
        .body("reason", equalTo("Production is down, INC-7"));
    root.grants(id, member, "use").statusCode(403).body("missing_role", contains("use"));
    root.grants(id, outsider, "read").statusCode(200).body("across_organizations", equalTo(false));
    assertThat(outsider.reads(id)).isEqualTo(404);
  }

  @Test
  void letsAnAdminOfTheOrganizationGrantUseAndReadAcrossOrganizations() {
    admin.grants(id, outsider, "use").statusCode(200).body("across_organizations", equalTo(true));
    assertThat(outsider.uses(id)).isEqualTo(200);
    assertThat(outsider.capabilities(id)).containsExactly("read", "use");
    outsider.gets("?page_size=200").body("items.id", hasItem(id));
    outsider
        .request()
        .body(Map.of("type", "openai", "name", "shared", "organization", sharing.slug("here")))
        .post("/api/v1/use")
        .then()
        .statusCode(200);
    outsider
        .request()
        .body(Map.of("type", "openai", "name", "shared"))
        .post("/api/v1/use")
        .then()
        .statusCode(404);
  }

  @Test
  void givesNothingAcrossOrganizationsThatAnotherThanTheirAdminGranted() {
    Person creator = sharing.person("creator", "here", "creator");
    String made = creator.creates("made", false);
    creator
        .grants(made, outsider, "use")
        .statusCode(200)
        .body("across_organizations", equalTo(false));
    assertThat(outsider.reads(made)).isEqualTo(404);
    assertThat(outsider.uses(made)).isEqualTo(404);
    creator.grants(made, member, "use");
    assertThat(member.uses(made)).isEqualTo(200);
    assertThat(sharing.person("member", "there").uses(made)).isEqualTo(404);
  }

  @Test
  void refusesWhatWouldGiveNothing() {
    Person creator = sharing.person("creator", "here", "creator");
    String made = creator.creates("made", false);
    UUID known = sharing.principal(sharing.byRows("known", "there"));
    sharing.member(known, "there");
    creator
        .grants(made, "principals/" + known, Map.of("role", "use"))
        .statusCode(403)
        .body("missing_role", contains("admin"));
    admin
        .grants(id, "principals/" + known, Map.of("role", "admin"))
        .statusCode(422)
        .body("errors.rule", contains("across_organizations"));
    admin.grants(id, "principals/" + known, Map.of("role", "read")).statusCode(200);
  }

  @Test
  void letsNobodyAdministerPassOnOrCopyWhatAnotherOrganizationGranted() {
    admin.grants(id, outsider, "admin").statusCode(200);
    assertThat(outsider.reads(id)).as("admin counts within the organization").isEqualTo(404);
    admin.grants(id, outsider, "use");
    outsider.grants(id, outsider, "use").statusCode(403).body("missing_role", contains("admin"));
    outsider.posts("/" + id + "/copy", Map.of()).statusCode(403);
    outsider.request().delete("/api/v1/credentials/" + id).then().statusCode(403);
    assertThat(sharing.person("outsider", "here").capabilities(id)).containsExactly("read", "use");
  }

  @Test
  void keepsTheLastAdminUnlessForced() {
    Person creator = sharing.person("creator", "here", "creator");
    String made = creator.creates("made", false);
    creator.grants(made, member, "admin");
    String self = "principals/" + member.id();
    member
        .revokes(made, self)
        .statusCode(409)
        .body("type", equalTo("urn:coffer:problem:last-admin"));
    member.grants(made, self, Map.of("role", "read")).statusCode(409);
    assertThat(member.capabilities(made)).contains("admin");
    member.revokes(made, self + "?force=true").statusCode(204);
    assertThat(member.reads(made)).isEqualTo(404);
  }

  @Test
  void letsOneOfTwoAdminsGoWhoLeaveAtOnce() {
    Person creator = sharing.person("creator", "here", "creator");
    Person second = sharing.person("second", "here");
    for (int i = 0; i < 5; i++) {
      String made = creator.creates("made " + i, false);
      creator.grants(made, member, "admin");
      creator.grants(made, second, "admin");
      var leaving =
          Stream.of(member, second)
              .map(it -> CompletableFuture.supplyAsync(() -> leaves(it, made)))
              .toList();
      assertThat(leaving.stream().map(CompletableFuture::join)).containsExactlyInAnyOrder(204, 409);
    }
  }

  private static int leaves(Person person, String credential) {
    return person.revokes(credential, "principals/" + person.id()).extract().statusCode();
  }

  @Test
  void letsAnAdminGoWhereAnotherIsKnown() {
    Person second = sharing.person("second", "here");
    admin.grants(id, member, "admin");
    admin.grants(id, second, "admin");
    member.revokes(id, "principals/" + member.id()).statusCode(204);
    second.revokes(id, "principals/" + second.id()).statusCode(409);
    sharing.member(sharing.principal(sharing.byRows("boss", "here")), "here", "admin");
    second.revokes(id, "principals/" + second.id()).statusCode(204);
  }

  @Test
  void sharesWithTeamsOfTheOrganizationAlone() {
    UUID ours = sharing.team("here", "ours");
    UUID theirs = sharing.team("there", "theirs");
    sharing.teamMember(ours, member.id());
    admin.grants(id, "teams/" + theirs, Map.of("role", "use")).statusCode(404);
    admin
        .grants(id, "teams/" + ours, Map.of("role", "use"))
        .statusCode(200)
        .body("grantee_name", equalTo("ours"));
    assertThat(member.uses(id)).isEqualTo(200);
    sharing.run("delete from team_member where team = $1", ours);
    assertThat(member.uses(id)).isEqualTo(404);
    sharing.teamMember(ours, member.id());
    sharing.run("delete from team where id = $1", ours);
    assertThat(member.uses(id)).isEqualTo(404);
    admin.gets("/" + id + "/grants").body("items", hasSize(0));
  }

  @Test
  void countsATeamForMembersOfItsOrganizationAlone() {
    UUID team = sharing.team("here", "mixed");
    sharing.teamMember(team, outsider.id());
    admin.grants(id, "teams/" + team, Map.of("role", "use"));
    assertThat(outsider.uses(id)).isEqualTo(404);
    sharing.member(outsider.id(), "here");
    assertThat(outsider.uses(id)).isEqualTo(200);
  }

  @Test
  void sharesWithPlaceholdersAndListsThem() {
    UUID placeholder = sharing.placeholder("late");
    admin.grants(id, "principals/" + placeholder, Map.of("role", "use")).statusCode(200);
    admin
        .gets("/" + id + "/grants?role=use&total=true")
        .statusCode(200)
        .body("items", hasSize(1))
        .body("total", equalTo(1))
        .body("items[0].placeholder", equalTo(true))
        .body("items[0].granted_by", equalTo(admin.id().toString()));
    admin.grants(id, "principals/" + UUID.randomUUID(), Map.of("role", "use")).statusCode(404);
  }

  @Test
  void listsGrantsPageByPage() {
    List<UUID> people =
        List.of(sharing.placeholder("a"), sharing.placeholder("b"), sharing.placeholder("c"));
    people.forEach(it -> admin.grants(id, "principals/" + it, Map.of("role", "read")));
    String path = "/" + id + "/grants?order_by=-grantee_name&page_size=2";
    var first = admin.gets(path).statusCode(200).extract();
    String next = first.path("next_cursor");
    List<String> second = admin.gets(path + "&cursor=" + next).extract().path("items.grantee_id");
    assertThat(first.<List<String>>path("items.grantee_id"))
        .containsExactly(people.get(2).toString(), people.get(1).toString());
    assertThat(second).containsExactly(people.get(0).toString());
  }

  @Test
  void sharesAPersonalCredentialByItsOwner() {
    Person owner = sharing.person("owner", "here");
    String own = owner.creates("own", true);
    assertThat(admin.reads(own)).isEqualTo(404);
    owner.grants(own, member, "use").statusCode(200);
    assertThat(member.uses(own)).isEqualTo(200);
    assertThat(admin.reads(own)).isEqualTo(404);
    owner.grants(own, member, "admin").statusCode(200);
    member.revokes(own, "principals/" + member.id()).statusCode(204);
  }

  @Test
  void keepsGrantsThroughADeletionAndDropsThemWithAPurge() {
    admin.grants(id, member, "use");
    admin.request().delete("/api/v1/credentials/" + id).then().statusCode(200);
    assertThat(member.reads(id)).isEqualTo(404);
    admin.posts("/" + id + "/restore", Map.of()).statusCode(200);
    assertThat(member.uses(id)).isEqualTo(200);
    admin.request().delete("/api/v1/credentials/" + id + "?purge=true").then().statusCode(204);
    assertThat(
            sharing.count(
                "select count(*) from access_grant where resource = $1", UUID.fromString(id)))
        .isZero();
  }

  @Test
  void refusesABodyThatGrantsNothing() {
    String self = "principals/" + admin.id();
    admin.grants(id, self, Map.of("role", "owner")).statusCode(422);
    admin.grants(id, self, Map.of()).statusCode(422).body("errors.rule", contains("required"));
    admin.grants(id, self, Map.of("role", "use", "until", "tomorrow")).statusCode(422);
    admin.revokes(id, self + "?force=maybe").statusCode(400);
  }
}
