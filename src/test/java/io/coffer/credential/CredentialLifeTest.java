package io.coffer.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class CredentialLifeTest {

  private static final String KEY = "sk-proj-0123456789abcdefghijWXYZ";

  private Api admin;
  private String organization;

  @BeforeEach
  void callers() {
    organization = Api.newOrganization();
    admin = Api.as("alice", organization, "admin");
  }

  @Test
  void isNotSentAgainToWhoKnowsItsRevision() {
    String id = admin.created("known", "sk-one-0123456789abcdef");
    for (String tag : List.of("\"1\"", "W/\"1\"", "\"7\", \"1\"", "*")) {
      String body =
          admin
              .request()
              .header("If-None-Match", tag)
              .get("/api/v1/credentials/" + id)
              .then()
              .statusCode(304)
              .header("ETag", "\"1\"")
              .extract()
              .asString();
      assertThat(body).isEmpty();
    }
    admin
        .request()
        .header("If-None-Match", "\"2\"")
        .get("/api/v1/credentials/" + id)
        .then()
        .statusCode(200)
        .body("id", equalTo(id));
    admin
        .request()
        .header("If-None-Match", "1")
        .get("/api/v1/credentials/" + id)
        .then()
        .statusCode(400)
        .body("errors.field", hasItem("If-None-Match"));
  }

  @Test
  void createsShowsMaskedAndUses() {
    String id =
        admin
            .create(
                Map.of(
                    "name",
                    "OpenAI production",
                    "type",
                    "openai",
                    "description",
                    "the team's",
                    "labels",
                    Map.of("env", "prod"),
                    "expires_at",
                    "2027-01-01T00:00:00Z",
                    "fields",
                    Map.of("api_key", KEY)))
            .statusCode(201)
            .header("Location", containsString("/api/v1/credentials/"))
            .header("ETag", "\"1\"")
            .body("name", is("OpenAI production"))
            .body("type", is("openai"))
            .body("category", is("llm"))
            .body("fields.api_key", is("$encrypted$"))
            .body("masked_content", is("sk-pr...WXYZ"))
            .body("labels.env", is("prod"))
            .body("expires_at", is("2027-01-01T00:00:00Z"))
            .body("is_default", is(false))
            .body("is_valid", nullValue())
            .body("validation.verdict", is("not_probed"))
            .body("version", is(1))
            .body("revision", is(1))
            .body("capabilities", contains("read", "use", "admin"))
            .extract()
            .path("id");
    admin.read(id).statusCode(200).body("masked_content", is("sk-pr...WXYZ"));
    admin
        .use(id)
        .statusCode(200)
        .header("Cache-Control", "no-store")
        .body("fields.api_key", is(KEY))
        .body("version", is(1))
        .body("as", is("fields"));
  }

  @Test
  void takesTheWholeAsOneString() {
    String id =
        admin
            .create(Map.of("name", "one string", "type", "openai", "value", KEY))
            .statusCode(201)
            .extract()
            .path("id");
    admin.use(id).statusCode(200).body("fields.api_key", is(KEY));
  }

  @Test
  void namesEveryWrongMemberAndRepeatsNoValue() {
    admin
        .create(
            Map.of(
                "type", "openai", "fields", Map.of("api_key", KEY, "nonsense", KEY), "bogus", KEY))
        .statusCode(422)
        .contentType("application/problem+json")
        .body("type", is("urn:coffer:problem:invalid-fields"))
        .body("request_id", notNullValue())
        .body("errors.field", hasItem("name"))
        .body("errors.field", hasItem("bogus"))
        .body(not(containsString(KEY)));
  }

  @Test
  void refusesAnUnknownType() {
    admin
        .create(Map.of("name", "x", "type", "no-such-type", "value", KEY))
        .statusCode(422)
        .body("errors[0].field", is("type"));
  }

  @Test
  void refusesASecondNameWhateverItsCaseAndNamesTheFirst() {
    String first = admin.created("Twice", KEY);
    admin
        .create(Map.of("name", "tWICE", "type", "openai", "value", KEY))
        .statusCode(409)
        .body("type", is("urn:coffer:problem:name-taken"))
        .body("credential", is(first));
  }

  @Test
  void changesMetadataWithoutANewVersion() {
    String id = admin.created("before", KEY);
    admin
        .patch(id, Map.of("name", "after", "description", "d", "labels", Map.of("a", "b")))
        .statusCode(200)
        .header("ETag", "\"2\"")
        .body("name", is("after"))
        .body("version", is(1))
        .body("revision", is(2))
        .body("labels.a", is("b"));
    Map<String, Object> clear = new HashMap<>();
    clear.put("description", null);
    Map<String, Object> dropped = new HashMap<>();
    dropped.put("a", null);
    clear.put("labels", dropped);
    admin
        .patch(id, clear)
        .statusCode(200)
        .body("description", is(""))
        .body("labels.a", nullValue());
    admin.use(id).statusCode(200).body("fields.api_key", is(KEY));
  }

  @Test
  void changesTheValueInANewVersion() {
    String id = admin.created("rotated", KEY);
    admin
        .patch(id, Map.of("fields", Map.of("api_key", "sk-another-key-0123456789")))
        .statusCode(200)
        .body("version", is(2))
        .body("revision", is(2));
    admin.use(id).body("fields.api_key", is("sk-another-key-0123456789")).body("version", is(2));
  }

  @Test
  void keepsTheStoredValueWhenMaskOrPlaceholderComeBack() {
    String id = admin.created("echo", KEY);
    admin.patch(id, Map.of("fields", Map.of("api_key", "$encrypted$"))).statusCode(200);
    admin
        .patch(id, Map.of("fields", Map.of("api_key", "sk-pr...WXYZ")))
        .statusCode(200)
        .body("version", is(1));
    admin.use(id).body("fields.api_key", is(KEY));
  }

  @Test
  void refusesAPlaceholderWhereNothingIsStored() {
    admin
        .create(Map.of("name", "x", "type", "openai", "fields", Map.of("api_key", "$encrypted$")))
        .statusCode(422);
  }

  @Test
  void refusesAChangeOfAnotherRevision() {
    String id = admin.created("guarded", KEY);
    admin
        .request()
        .header("If-Match", "\"7\"")
        .body(Map.of("name", "x"))
        .patch("/api/v1/credentials/" + id)
        .then()
        .statusCode(412)
        .body("revision", is(1));
    admin
        .request()
        .header("If-Match", "\"1\"")
        .body(Map.of("name", "y"))
        .patch("/api/v1/credentials/" + id)
        .then()
        .statusCode(200);
  }

  @Test
  void changesTheTypeWithItsFields() {
    String id = admin.created("retyped", KEY);
    admin.patch(id, Map.of("type", "anthropic")).statusCode(422);
    admin
        .patch(
            id, Map.of("type", "anthropic", "fields", Map.of("api_key", "sk-ant-0123456789abcdef")))
        .statusCode(200)
        .body("type", is("anthropic"))
        .body("version", is(2));
    admin.use(id).body("fields.api_key", is("sk-ant-0123456789abcdef"));
  }

  @Test
  void deletesSoftlyAndRestores() {
    String id = admin.created("gone", KEY);
    admin.delete(id).statusCode(200).body("deleted_at", notNullValue());
    admin.read(id).statusCode(404);
    admin.use(id).statusCode(404);
    admin.delete(id).statusCode(404);
    admin.list("?deleted=true").body("items.id", hasItem(id));
    admin.restore(id).statusCode(200).body("deleted_at", nullValue());
    admin.use(id).body("fields.api_key", is(KEY));
  }

  @Test
  void restoresUnderAnotherNameWhenTheOldOneIsTaken() {
    String id = admin.created("reused", KEY);
    admin.delete(id).statusCode(200);
    String second = admin.created("reused", KEY);
    admin.restore(id).statusCode(409).body("credential", is(second));
    admin
        .request()
        .body(Map.of("name", "reused 2"))
        .post("/api/v1/credentials/" + id + "/restore")
        .then()
        .statusCode(200)
        .body("name", is("reused 2"));
  }

  @Test
  void purgesForGood() {
    String id = admin.created("purged", KEY);
    admin.purge(id).statusCode(204);
    admin.read(id).statusCode(404);
    admin.restore(id).statusCode(404);
    admin.purge(id).statusCode(404);
  }

  @Test
  void refusesToDeleteWhatWasUsedLately() {
    String id = admin.created("in use", KEY);
    admin.use(id).statusCode(200);
    admin
        .request()
        .delete("/api/v1/credentials/" + id + "?if_unused_for=24h")
        .then()
        .statusCode(409);
    admin.read(id).statusCode(200);
  }

  @Test
  void copiesWithItsValue() {
    String id = admin.created("original", KEY);
    String copy =
        admin
            .copy(id, Map.of("name", "duplicate"))
            .statusCode(201)
            .body("name", is("duplicate"))
            .body("version", is(1))
            .extract()
            .path("id");
    admin.purge(id).statusCode(204);
    admin.use(copy).body("fields.api_key", is(KEY));
  }

  @Test
  void hasOneDefaultATypeAndResolvesIt() {
    admin.list("/resolve?type=openai").statusCode(404);
    String first = admin.created("first", KEY);
    String second = admin.created("second", "sk-second-0123456789abc");
    admin.setDefault(first).statusCode(200).body("is_default", is(true));
    admin.setDefault(second).statusCode(200);
    admin.read(first).body("is_default", is(false));
    admin.list("/resolve?type=openai").statusCode(200).body("id", is(second));
    admin.use(Map.of("type", "openai")).body("fields.api_key", is("sk-second-0123456789abc"));
    admin.delete(second).body("is_default", is(false));
    admin.list("/resolve?type=openai").statusCode(404);
  }

  @Test
  void usesByTypeAndNameOwnOnesFirst() {
    admin.created("shared", KEY);
    Map<String, Object> personal = new HashMap<>();
    personal.put("name", "shared");
    personal.put("type", "openai");
    personal.put("organization", null);
    personal.put("value", "sk-personal-0123456789");
    admin.create(personal).statusCode(201).body("owner", notNullValue());
    admin
        .use(Map.of("type", "openai", "name", "shared"))
        .statusCode(200)
        .body("fields.api_key", is("sk-personal-0123456789"));
    Api.as("carol", organization, "use")
        .use(Map.of("type", "openai", "name", "shared"))
        .body("fields.api_key", is(KEY));
  }

  @Test
  void usesManyAndTellsEachProblemInItsPlace() {
    String id = admin.created("one of many", KEY);
    admin
        .use(
            Map.of(
                "credentials",
                List.of(
                    Map.of("id", id),
                    Map.of("id", "00000000-0000-0000-0000-000000000001"),
                    Map.of("type", "openai", "name", "one of many"))))
        .statusCode(200)
        .body("results", hasSize(3))
        .body("results[0].fields.api_key", is(KEY))
        .body("results[1].problem.status", is(404))
        .body("results[2].id", equalTo(id));
  }

  @Test
  void answersARepeatedCreateWithTheFirst() {
    Map<String, ?> body = Map.of("name", "once", "type", "openai", "value", KEY);
    String first = keyed(body).statusCode(201).extract().path("id");
    keyed(body).statusCode(201).body("id", is(first));
    keyed(Map.of("name", "other", "type", "openai", "value", KEY))
        .statusCode(422)
        .body("type", is("urn:coffer:problem:idempotency-key-reused"));
  }

  private ValidatableResponse keyed(Map<String, ?> body) {
    return admin
        .request()
        .header("Idempotency-Key", "the-key")
        .body(body)
        .post("/api/v1/credentials")
        .then();
  }
}
