package io.coffer.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are nearly right are answered with what is wrong about them. */
@QuarkusTest
class RequestEdgesTest {

  private static final String KEY = "sk-proj-0123456789abcdefghijWXYZ";
  private static final String BASE = "/api/v1/credentials";

  private Api admin;

  @BeforeEach
  void caller() {
    admin = Api.as("alice", Api.newOrganization(), "admin");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PUT    | /api/v1/credentials          | GET, HEAD, POST",
        "PUT    | /api/v1/credentials/ID       | DELETE, GET, HEAD, PATCH",
        "GET    | /api/v1/credentials/ID/use   | POST",
        "DELETE | /api/v1/credentials/ID/usage | GET, HEAD",
        "POST   | /api/v1/me                   | GET, HEAD",
        "TRACE  | /api/v1/use                  | POST"
      })
  void tellsWhatAPathOffersInsteadOfAMethod(String method, String path, String offered) {
    String id = admin.created("x", KEY);
    admin
        .request()
        .request(method, path.replace("ID", id))
        .then()
        .statusCode(405)
        .header("Allow", offered)
        .body("type", is("urn:coffer:problem:method-not-allowed"))
        .body("detail", containsString(offered));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "", "\"1", "\"1\", \"2\""})
  void takesNoIfMatchThatIsNoEntityTag(String tag) {
    String id = admin.created("kept", KEY);
    refused(
        admin
            .request()
            .header("If-Match", tag)
            .body(Map.of("description", "new"))
            .patch(BASE + "/" + id)
            .then(),
        "If-Match");
    refused(admin.request().header("If-Match", tag).delete(BASE + "/" + id).then(), "If-Match");
    admin.read(id).statusCode(200).body("description", is(""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "ä"})
  void makesNothingUnderAnIdempotencyKeyThatIsNone(String key) {
    refused(
        admin
            .request()
            .header("Idempotency-Key", key)
            .body(Map.of("name", "n", "type", "openai", "value", KEY))
            .post(BASE)
            .then(),
        "Idempotency-Key");
    admin.list("?total=true").body("total", is(0));
  }

  @Test
  void takesOneIdempotencyKeyAndOneOrganizationAtMost() {
    for (String header : List.of("Idempotency-Key", "X-Coffer-Organization")) {
      refused(
          admin
              .request()
              .header(header, "a", "b")
              .body(Map.of("name", "n", "type", "openai", "value", KEY))
              .post(BASE)
              .then(),
          header);
    }
    refused(
        admin.request().header("X-Coffer-Organization", "").get(BASE).then(),
        "X-Coffer-Organization");
  }

  private static void refused(ValidatableResponse answer, String header) {
    answer
        .statusCode(400)
        .body("type", is("urn:coffer:problem:malformed-request"))
        .body("errors[0].field", is(header))
        .body("errors[0].rule", is("header"));
  }

  @ParameterizedTest
  @CsvSource({
    "GET, ?label=, label",
    "GET, ?label, label",
    "GET, ?label=a&label=, label",
    "GET, ?deleted=, deleted",
    "DELETE, /ID?dry_run=, dry_run",
    "DELETE, /ID?if_unused_for=, if_unused_for",
    "DELETE, /ID?purge, purge"
  })
  void takesNoEmptyParameterForOneThatIsLeftOut(String method, String rest, String parameter) {
    String id = admin.created("kept", KEY);
    admin
        .request()
        .urlEncodingEnabled(false)
        .request(method, BASE + rest.replace("ID", id))
        .then()
        .statusCode(400)
        .body("type", is("urn:coffer:problem:invalid-query"))
        .body("errors[0].field", is(parameter));
    admin.read(id).statusCode(200);
  }

  @Test
  void takesAnEmptySearchForNone() {
    admin.created("kept", KEY);
    admin.list("?search=&cursor=").statusCode(200).body("items.size()", is(1));
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/v1/credentials/my-key, id",
    "POST, /api/v1/credentials/my-key/use, id",
    "GET, /api/v1/credentials/1-1-1-1-1, id",
    "GET, /api/v1/teams/my-key, id"
  })
  void saysThatANameIsNoId(String method, String path, String part) {
    admin
        .request()
        .request(method, path)
        .then()
        .statusCode(404)
        .body("type", is("urn:coffer:problem:not-found"))
        .body("errors[0].field", is(part))
        .body("errors[0].rule", is("uuid"))
        .body("errors[0].message", containsString("UUID"))
        .body(not(containsString("my-key")));
  }

  @Test
  void saysThatAListOfCredentialsNamesThemAll() {
    String id = admin.created("x", KEY);
    admin
        .use(Map.of("credentials", List.of(Map.of("id", id)), "id", id, "type", "openai"))
        .statusCode(422)
        .body("errors.field", is(List.of("id", "type")))
        .body("errors[0].message", containsString("item of credentials"));
  }

  @Test
  void saysWhichItemOfAListIsWrong() {
    String id = admin.created("x", KEY);
    admin
        .use(Map.of("credentials", List.of(Map.of("id", id), Map.of("id", "x"))))
        .statusCode(422)
        .body("errors.field", is(List.of("credentials[1].id")));
    admin
        .use(Map.of("credentials", List.of(Map.of("name", "x"))))
        .statusCode(422)
        .body("errors.field", is(List.of("credentials[0]")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{`name`:`a`,  `name`:`SECRET`}                    | name              | line 1",
        "{`fields`:{`api_key`:`SECRET`,`api_key`:`SECRET`}} | fields.api_key    | line 1",
        "{`a`:[{`b`:1},{`b`:1,`b`:2}]}                      | a[1].b            | line 1",
        "{`SECRET`:1,`SECRET`:2}                            | ?                 | line 1"
      })
  void saysWhichMemberIsGivenTwice(String body, String member, String line) {
    send(body)
        .statusCode(400)
        .body("type", is("urn:coffer:problem:malformed-request"))
        .body("errors.field", is(List.of(member)))
        .body("errors.rule", hasItem("duplicate"))
        .body("errors[0].message", containsString(line))
        .body(not(containsString(KEY)));
  }

  @Test
  void saysWhereABodyIsBroken() {
    send("{`name`:`a`,\n  `type`:SECRET}")
        .statusCode(400)
        .body("detail", containsString("line 2, column "))
        .body(not(containsString(KEY)));
    send("[".repeat(40) + "]".repeat(40))
        .statusCode(400)
        .body("detail", containsString("nested too deep"));
  }

  private ValidatableResponse send(String body) {
    return admin.request().body(body.replace("SECRET", KEY).replace('`', '"')).post(BASE).then();
  }

  @Test
  void namesAPurgedCredentialInsteadOfMakingItAgain() {
    String id = once().statusCode(201).extract().path("id");
    once().statusCode(201).body("id", equalTo(id));
    admin.delete(id).statusCode(200);
    admin.purge(id).statusCode(204);
    once()
        .statusCode(409)
        .body("type", is("urn:coffer:problem:idempotent-create-purged"))
        .body("credential", is(id));
    admin.list("?total=true").body("total", is(0));
  }

  private ValidatableResponse once() {
    return admin
        .request()
        .header("Idempotency-Key", "once")
        .body(Map.of("name", "n", "type", "openai", "value", KEY))
        .post(BASE)
        .then();
  }

  @Test
  void withdrawsADefaultAsOftenAsItIsAsked() {
    String one = admin.created("one", KEY);
    String other = admin.created("other", KEY);
    admin.setDefault(one).statusCode(200);
    int revision = admin.read(other).extract().path("revision");
    clear(admin, other)
        .statusCode(200)
        .body("is_default", is(false))
        .body("revision", is(revision));
    admin.read(one).body("is_default", is(true));
    clear(admin, one).statusCode(200).body("is_default", is(false));
    int cleared = admin.read(one).extract().path("revision");
    clear(admin, one).statusCode(200).body("revision", is(cleared));
    assertThat(cleared).isEqualTo(3);
  }

  private static ValidatableResponse clear(Api caller, String id) {
    return caller.request().delete(BASE + "/" + id + "/set-default").then();
  }
}
