package io.coffer.access.organization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
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
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Organizations: made, renamed, given a key of their own, deleted. */
@QuarkusTest
class OrganizationTest {

  @Inject Pool database;

  private final Someone root = Someone.systemAdmin();

  @Test
  void isMadeUnderASlugOfItsOwn() {
    String slug = slug();
    String id =
        root.post("/organizations", Map.of("slug", slug, "name", "Acme Corp."))
            .statusCode(201)
            .body("slug", equalTo(slug))
            .body("name", equalTo("Acme Corp."))
            .body("roles", contains("system_admin"))
            .body("kek", nullValue())
            .extract()
            .path("id");
    root.get("/organizations/" + slug).statusCode(200).body("id", equalTo(id));
    root.get("/organizations/" + id).statusCode(200).body("slug", equalTo(slug));
    root.post("/organizations", Map.of("slug", slug))
        .statusCode(409)
        .body("type", equalTo("urn:coffer:problem:name-taken"));
    root.post("/organizations", Map.of("slug", "No Slug"))
        .statusCode(422)
        .body("errors.field", contains("slug"));
    Someone member = Someone.in(slug, "admin");
    assertThat(member.get("/me").extract().<String>path("organization.id")).isEqualTo(id);
    member.get("/organizations").body("items.slug", contains(slug));
  }

  @Test
  void isRenamedByItsAdminIfNobodyWasFaster() {
    String slug = Someone.newOrganization();
    Someone admin = Someone.in(slug, "admin");
    String etag = admin.get("/organizations/" + slug).extract().header("ETag");
    admin
        .patch("/organizations/" + slug, Map.of("name", "New name"))
        .statusCode(200)
        .body("name", equalTo("New name"))
        .body("revision", equalTo(2));
    admin
        .request()
        .header("If-Match", etag)
        .body(Map.of("name", "x"))
        .patch("/api/v1/organizations/" + slug)
        .then()
        .statusCode(412);
    admin.patch("/organizations/" + slug, Map.of("slug", "x")).statusCode(422);
    Map<String, Object> noName = new HashMap<>();
    noName.put("name", null);
    admin.patch("/organizations/" + slug, noName).statusCode(422);
  }

  @Test
  void takesAKeyOfItsOwnThatCanBeUsed() {
    String slug = Someone.newOrganization();
    String path = "/organizations/" + slug;
    root.patch(path, kek("local", "no-such-key"))
        .statusCode(422)
        .body("errors.field", contains("kek.key_id"));
    root.patch(path, kek("no-such-provider", "dev"))
        .statusCode(422)
        .body("errors.field", contains("kek.provider"));
    root.patch(path, Map.of("kek", Map.of("provider", "local")))
        .statusCode(422)
        .body("errors.field", contains("kek.key_id"));
    root.patch(path, kek("local", "dev")).statusCode(200).body("kek.key_id", equalTo("dev"));
    Someone admin = Someone.in(slug, "admin");
    admin.get(path).body("kek.provider", equalTo("local"));
    admin
        .patch(path, kek("local", "dev"))
        .statusCode(403)
        .body("missing_role", contains("system_admin"));
    Someone.in(slug, "use").get(path).body("kek", nullValue());
    assertThat(admin.uses(admin.makesCredential())).isEqualTo(200);
    Map<String, Object> none = new HashMap<>();
    none.put("kek", null);
    root.patch(path, none).statusCode(200).body("kek", nullValue());
  }

  @Test
  void isDeletedOnlyWithNothingInIt() {
    String slug = Someone.newOrganization();
    String path = "/organizations/" + slug;
    Someone admin = Someone.in(slug, "admin");
    String team = admin.makesTeam(Map.of("name", "team"));
    String member = admin.announces(TestTokens.clusterIssuer(), Someone.unique("x"));
    root.delete(path)
        .statusCode(409)
        .body("contents.teams", equalTo(1))
        .body("contents.members", equalTo(1))
        .body("contents.credentials", nullValue());
    admin.delete("/teams/" + team).statusCode(204);
    admin.delete(path + "/members/" + member).statusCode(204);
    admin.delete(path).statusCode(403);
    root.delete(path).statusCode(204);
    root.get(path).statusCode(404);
    root.delete(path).statusCode(404);
    root.selecting(slug).get("/me").statusCode(404);
    root.get("/organizations?page_size=200&slug=" + slug).body("items.slug", not(hasItem(slug)));
  }

  @Test
  void comesBackWhenATokenNamesItAgain() {
    String slug = Someone.newOrganization();
    Someone admin = Someone.in(slug, "admin");
    String before = admin.get("/organizations/" + slug).extract().path("id");
    root.delete("/organizations/" + slug).statusCode(204);
    String credential = admin.makesCredential();
    assertThat(admin.uses(credential)).isEqualTo(200);
    String after = admin.get("/organizations/" + slug).extract().path("id");
    assertThat(after).isNotEqualTo(before);
  }

  @Test
  void isMissedByAReplicaThatStillRemembersIt() {
    String slug = Someone.newOrganization();
    Someone admin = Someone.in(slug, "admin");
    String before = admin.get("/organizations/" + slug).extract().path("id");
    root.selecting(slug).get("/me").statusCode(200);
    // As another replica would: nothing here is told.
    database
        .preparedQuery("delete from organization where slug = $1")
        .executeAndAwait(Tuple.of(slug));
    root.selecting(slug).get("/me").statusCode(404);
    assertThat(admin.uses(admin.makesCredential())).isEqualTo(200);
    String after = admin.get("/organizations/" + slug).extract().path("id");
    assertThat(after).isNotEqualTo(before);
    root.selecting(slug).get("/me").statusCode(200).body("organization.id", equalTo(after));
  }

  @Test
  void staysWithItsCredentialsAndWhatIsLeftOfThem() {
    String slug = Someone.newOrganization();
    Someone admin = Someone.in(slug, "admin");
    String credential = admin.makesCredential();
    root.delete("/organizations/" + slug).statusCode(409).body("contents.credentials", equalTo(1));
    admin.delete("/credentials/" + credential).statusCode(200);
    root.delete("/organizations/" + slug)
        .statusCode(409)
        .body("contents.deleted_credentials", equalTo(1));
    admin.delete("/credentials/" + credential + "?purge=true").statusCode(204);
    root.delete("/organizations/" + slug)
        .statusCode(409)
        .body("contents.purged_credentials", equalTo(1));
    root.delete("/organizations/default").statusCode(409);
  }

  private static Map<String, ?> kek(String provider, String keyId) {
    return Map.of("kek", Map.of("provider", provider, "key_id", keyId));
  }

  private static String slug() {
    return "made-" + UUID.randomUUID();
  }
}
