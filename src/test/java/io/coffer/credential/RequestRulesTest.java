package io.coffer.credential;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.coffer.testing.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request may say, and what is refused that would otherwise be passed over in silence. */
@QuarkusTest
class RequestRulesTest {

  private static final String KEY = "sk-proj-0123456789abcdefghijWXYZ";

  private Api admin;

  @BeforeEach
  void caller() {
    admin = Api.as("alice", Api.newOrganization(), "admin");
  }

  @ParameterizedTest
  @ValueSource(strings = {"W/\"1\"", "W/\"x\"", "W/\"\""})
  void findsNoWeakTagEqual(String tag) {
    String id = admin.created("weak", KEY);
    admin
        .request()
        .header("If-Match", tag)
        .body(Map.of("description", "new"))
        .patch("/api/v1/credentials/" + id)
        .then()
        .statusCode(412)
        .body("type", is("urn:coffer:problem:revision-mismatch"));
    admin
        .request()
        .header("If-Match", tag)
        .delete("/api/v1/credentials/" + id)
        .then()
        .statusCode(412);
    admin.read(id).statusCode(200).body("description", is(""));
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/v1/me, organisation",
    "GET, /api/v1/credential-types, categroy",
    "GET, /api/v1/credential-types/openai, fields",
    "GET, /api/v1/credentials, page",
    "GET, /api/v1/credentials/ID, expand",
    "DELETE, /api/v1/credentials/ID, pruge",
    "POST, /api/v1/credentials/ID/use, as",
    "GET, /api/v1/admin/keys, x"
  })
  void refusesAQueryParameterThatItDoesNotKnow(String method, String path, String parameter) {
    String id = admin.created("p", KEY);
    given()
        .auth()
        .oauth2(
            TestTokens.of("alice")
                .organization(organization())
                .roles("admin", "system_admin")
                .sign())
        .request(method, path.replace("ID", id) + "?" + parameter + "=1")
        .then()
        .statusCode(400)
        .body("type", is("urn:coffer:problem:invalid-query"))
        .body("errors[0].field", is(parameter));
    admin.read(id).statusCode(200);
  }

  private String organization() {
    return admin.request().get("/api/v1/me").then().extract().path("organization.slug");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?type=api_key",
        "?type=api_token",
        "?type__exact=api_token",
        "?type__in=api_token,openai",
        "?not__type=openai",
        "?or__type=api_token&or__name=nobody"
      })
  void filtersByEveryNameOfAType(String query) {
    admin.create(Map.of("name", "token", "type", "api_token", "value", KEY)).statusCode(201);
    admin.list(query).statusCode(200).body("items.name", is(List.of("token")));
  }

  @Test
  void filtersByTheIdOfAType() {
    admin.created("x", KEY);
    String id = admin.request().get("/api/v1/credential-types/openai").then().extract().path("id");
    admin.list("?type=" + id).statusCode(200).body("items.size()", is(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "?type=opnai | type",
        "?not__type=opnai | not__type",
        "?type__in=openai,x | type__in"
      })
  void saysThatThereIsNoSuchTypeInsteadOfListingNothing(String query, String parameter) {
    admin
        .list(query)
        .statusCode(422)
        .body("errors[0].field", is(parameter))
        .body("errors[0].message", containsString("/api/v1/credential-types"))
        .body("errors[0].message", not(containsString("opnai")));
  }
}
