package io.coffer.credential;

import static org.hamcrest.Matchers.is;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a change demands of the state that it meets: the revision, the time since the last use. */
@QuarkusTest
class GuardedChangeTest {

  private static final String KEY = "sk-proj-0123456789abcdefghijWXYZ";

  private String organization;
  private Api admin;

  @BeforeEach
  void callers() {
    organization = Api.newOrganization();
    admin = Api.as("alice", organization, "admin");
  }

  @Test
  void deletesOnlyTheRevisionThatTheCallerKnows() {
    String id = admin.created("guarded", KEY);
    admin.patch(id, Map.of("description", "changed")).statusCode(200);
    deleteIf(id, "", "\"1\"").statusCode(412).body("revision", is(2));
    deleteIf(id, "", "\"2\"").statusCode(200).body("revision", is(3));
  }

  @Test
  void purgesOnlyTheRevisionThatTheCallerKnows() {
    String id = admin.created("guarded", KEY);
    deleteIf(id, "?purge=true", "\"7\"").statusCode(412).body("revision", is(1));
    admin.use(id).statusCode(200);
    deleteIf(id, "?purge=true", "\"1\"").statusCode(204);
  }

  @Test
  void purgesNothingThatWasUsedLately() {
    String id = admin.created("in use", KEY);
    admin.use(id).statusCode(200);
    deleteIf(id, "?purge=true&if_unused_for=24h", "*").statusCode(409);
    admin.use(id).statusCode(200);
  }

  @Test
  void letsACreatorFillAnEmptyPlaceOfADefaultOnly() {
    Api creator = Api.as("carol", organization, "creator");
    String first = creator.created("first", KEY);
    String second = creator.created("second", KEY);
    creator.setDefault(first).statusCode(200);
    creator.setDefault(second).statusCode(403).body("missing_role[0]", is("admin"));
    admin.read(first).body("is_default", is(true));
    admin.setDefault(second).statusCode(200);
  }

  private ValidatableResponse deleteIf(String id, String query, String revision) {
    return admin
        .request()
        .header("If-Match", revision)
        .delete("/api/v1/credentials/" + id + query)
        .then();
  }
}
