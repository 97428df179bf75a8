package io.coffer.access.organization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.coffer.access.Someone;
import io.coffer.testing.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Memberships: what they give, from the next request on, and who gives them. */
@QuarkusTest
class MemberTest {

  private String organization = "";
  private Someone admin = Someone.systemAdmin();

  @BeforeEach
  void makeOrganization() {
    organization = Someone.newOrganization();
    admin = Someone.in(organization, "admin");
  }

  @Test
  void actsOnTheNextRequest() {
    String credential = admin.makesCredential();
    String subject = Someone.unique("system:serviceaccount:data");
    Someone workload = Someone.with(TestTokens.ofCluster(subject));
    workload.get("/credentials").statusCode(400).body("choices", empty());

    String id = admin.announces(TestTokens.clusterIssuer(), subject);
    assertThat(workload.reads(credential)).isEqualTo(404);
    admin.makes(id, organization, "read").statusCode(200).body("roles", contains("read"));
    assertThat(workload.reads(credential)).isEqualTo(200);
    assertThat(workload.uses(credential)).isEqualTo(403);
    admin.makes(id, organization, "use").statusCode(200);
    assertThat(workload.uses(credential)).isEqualTo(200);
    admin.makes(id, organization).statusCode(200).body("roles", empty());
    assertThat(workload.uses(credential)).isEqualTo(404);
    assertThat(workload.reads(credential)).isEqualTo(404);
    admin.delete(member(id)).statusCode(204);
    assertThat(workload.uses(credential)).isEqualTo(400);
    assertThat(workload.selecting(organization).reads(credential)).isEqualTo(404);
    assertThat(workload.selecting(organization).uses(credential)).isEqualTo(404);
    admin.delete(member(id)).statusCode(404);
  }

  @Test
  void addsToWhatATokenSaysAndNeverTakesAway() {
    String credential = admin.makesCredential();
    Someone user = Someone.in(organization, "use");
    admin.makes(user.id(), organization, "read").statusCode(201);
    assertThat(user.uses(credential)).isEqualTo(200);
    admin.makes(user.id(), organization, "admin").statusCode(200);
    user.get("/me").body("roles", contains("admin", "use"));
    admin.delete(member(user.id()) + "?force=true").statusCode(204);
    assertThat(user.uses(credential)).isEqualTo(200);
    user.get("/me").body("roles", contains("use"));
  }

  @Test
  void selectsTheOnlyMembershipAndFollowsAMove() {
    String elsewhere = Someone.newOrganization();
    Someone there = Someone.in(elsewhere, "admin");
    Someone workload = Someone.workload();
    workload.get("/credentials").statusCode(400);
    String here = admin.makesCredential();
    String other = there.makesCredential();
    String id = idOf(workload);

    admin.makes(id, organization, "use").statusCode(201);
    assertThat(workload.uses(here)).isEqualTo(200);
    assertThat(workload.uses(other)).isEqualTo(404);

    there.makes(id, elsewhere, "use").statusCode(201);
    workload
        .get("/me")
        .statusCode(400)
        .body("type", equalTo("urn:coffer:problem:organization-required"))
        .body("choices", containsInAnyOrder(organization, elsewhere));
    assertThat(workload.uses(here)).isEqualTo(400);
    assertThat(workload.reads(here)).isEqualTo(400);
    assertThat(workload.selecting(organization).uses(here)).isEqualTo(200);
    assertThat(workload.selecting(elsewhere).uses(other)).isEqualTo(200);

    admin.delete(member(id)).statusCode(204);
    assertThat(workload.uses(other)).isEqualTo(200);
    assertThat(workload.uses(here)).isEqualTo(404);
    workload.get("/me").statusCode(200).body("organization.slug", equalTo(elsewhere));
  }

  @Test
  void tellsACallerItsOrganizationsRolesAndTeams() {
    Someone person = Someone.in(organization, "read");
    String elsewhere = Someone.newOrganization();
    Someone there = Someone.in(elsewhere, "admin");
    there.makes(person.id(), elsewhere, "creator", "auditor").statusCode(201);
    String team = there.makesTeam(Map.of("name", "Data"));
    there.put("/teams/" + team + "/members/" + person.id()).statusCode(201);
    person
        .get("/me")
        .body("organizations", containsInAnyOrder(organization, elsewhere))
        .body(
            "memberships.find { it.organization == '" + elsewhere + "' }.roles",
            contains("creator", "auditor"))
        .body("teams.name", contains("Data"))
        .body("teams.organization", contains(elsewhere));
    String page = person.request().get("/").asString();
    assertThat(page).contains(elsewhere, "<code>creator</code>");
  }

  @Test
  void doesNotLetASystemAdminHelpItself() {
    Someone root = Someone.systemAdmin();
    String self = root.selecting(organization).id();
    for (String role : List.of("admin", "use", "creator")) {
      root.makes(self, organization, role).statusCode(403).body("missing_role", contains("admin"));
    }
    root.makes(self, organization, "auditor", "read").statusCode(201);
    root.makes(idOf(Someone.workload()), organization, "admin").statusCode(201);
    admin.makes(self, organization, "use", "read").statusCode(200);
    // What somebody else gave it, it may keep.
    root.makes(self, organization, "use").statusCode(200);
  }

  @Test
  void keepsTheLastAdmin() {
    Someone first = Someone.workload();
    String one = idOf(first);
    admin.makes(one, organization, "admin").statusCode(201);
    first.makes(one, organization, "use").statusCode(409);
    first.delete(member(one)).statusCode(409).body("type", equalTo("urn:coffer:problem:conflict"));
    admin.delete(member(one)).statusCode(409);

    Someone second = Someone.workload();
    String two = idOf(second);
    first.makes(two, organization, "admin").statusCode(201);
    first.makes(one, organization, "use").statusCode(200);
    second.request().delete("/api/v1" + member(two) + "?force=true").then().statusCode(204);
    first.get("/me").statusCode(200).body("roles", contains("use"));
  }

  @Test
  void leavesOneAdminWhenTwoDemoteEachOther() throws Exception {
    for (int round = 0; round < 5; round++) {
      String slug = Someone.newOrganization();
      Someone root = Someone.systemAdmin();
      Someone first = Someone.workload();
      Someone second = Someone.workload();
      String one = idOf(first);
      String two = idOf(second);
      root.makes(one, slug, "admin").statusCode(201);
      root.makes(two, slug, "admin").statusCode(201);
      Callable<Integer> toSecond = () -> first.makes(two, slug).extract().statusCode();
      Callable<Integer> toFirst = () -> second.makes(one, slug).extract().statusCode();
      try (ExecutorService both = Executors.newVirtualThreadPerTaskExecutor()) {
        for (Future<Integer> answer : both.invokeAll(List.of(toSecond, toFirst))) {
          assertThat(answer.get()).isIn(200, 403, 409);
        }
      }
      root.get("/organizations/" + slug + "/members?role=admin&total=true")
          .body("total", equalTo(1));
    }
  }

  @Test
  void letsAnybodyLeaveAndTakesThemOutOfTheTeams() {
    Someone workload = Someone.workload();
    String id = idOf(workload);
    admin.makes(id, organization, "read").statusCode(201);
    String team = admin.makesTeam(Map.of("name", "Data"));
    admin.put("/teams/" + team + "/members/" + id).statusCode(201);
    workload.delete(member(id)).statusCode(204);
    admin.get("/teams/" + team + "/members").body("items", empty());
    workload.get("/me").statusCode(400);
  }

  @Test
  void namesTheFieldThatIsWrong() {
    String id = idOf(Someone.workload());
    String path = member(id);
    admin
        .put(path, Map.of("roles", List.of("owner")))
        .statusCode(422)
        .body("errors.field", contains("roles"));
    admin.put(path, Map.of("roles", List.of("system_admin"))).statusCode(422);
    admin.put(path, Map.of()).statusCode(422).body("errors.rule", contains("required"));
    admin.put(path, Map.of("roles", "use")).statusCode(422);
    admin.put(path, Map.of("roles", List.of("use"), "x", 1)).statusCode(422);
    admin.get("/organizations/" + organization + "/members?role=owner").statusCode(400);
    admin.delete(path + "?force=maybe").statusCode(400);
  }

  @Test
  void knowsNobodyWhoIsNotThere() {
    admin.makes(UUID.randomUUID().toString(), organization, "use").statusCode(404);
    admin.get(member(UUID.randomUUID().toString())).statusCode(404);
    admin.makes(idOf(Someone.workload()), "no-such-" + UUID.randomUUID(), "use").statusCode(404);
  }

  @Test
  void listsByTheCommonGrammar() {
    for (int i = 0; i < 5; i++) {
      String subject = "member-" + i + "-" + UUID.randomUUID();
      String id = admin.announces(TestTokens.clusterIssuer(), subject);
      admin.makes(id, organization, i % 2 == 0 ? "use" : "read");
    }
    String list = "/organizations/" + organization + "/members";
    String next =
        admin
            .get(list + "?page_size=2&total=true&order_by=-user_name")
            .statusCode(200)
            .body("items.size()", equalTo(2))
            .body("total", equalTo(5))
            .body("next_cursor", notNullValue())
            .extract()
            .path("next_cursor");
    admin
        .get(list + "?page_size=3&order_by=-user_name&cursor=" + next)
        .body("items.size()", equalTo(3))
        .body("next_cursor", nullValue());
    admin.get(list + "?role=use").body("items.size()", equalTo(3));
    admin
        .get(list + "?user_name__startswith=member-3")
        .body("items.roles", contains(List.of("read")));
    admin.get(list + "?search=member-4").body("items.size()", equalTo(1));
    admin.get(list + "?order_by=-updated_at&page_size=1").statusCode(200);
    admin.get(list + "?no_such=1").statusCode(400);
    admin.get("/principals?search=member-").body("items.size()", equalTo(5));
    admin.get("/organizations").body("items.slug", hasItem(organization));
    Someone.in(Someone.newOrganization())
        .get("/organizations")
        .body("items.slug", not(hasItem(organization)));
  }

  private String member(String principal) {
    return "/organizations/" + organization + "/members/" + principal;
  }

  /** Of a workload that no organization knows: a system administrator finds it by its subject. */
  private static String idOf(Someone workload) {
    return workload.idFoundByOthers();
  }
}
