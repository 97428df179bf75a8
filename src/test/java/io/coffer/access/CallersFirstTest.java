package io.coffer.access;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.coffer.testing.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a caller without a token can learn about the API: nothing. */
@QuarkusTest
class CallersFirstTest {

  @ParameterizedTest
  @CsvSource({
    "GET, /api/v1/no-such-path",
    "GET, /api/v1",
    "GET, /api/v1/",
    "GET, /api/v1/credentials/not-an-id",
    "GET, /api/v1/credentials?no_such=1",
    "PUT, /api/v1/credentials",
    "TRACE, /api/v1/credentials",
    "OPTIONS, /api/v1/credentials",
    "HEAD, /api/v1/credentials",
    "DELETE, /api/v1/me",
    "POST, /api/v1/use",
    "GET, /api/v1/../v1/credentials",
    "GET, /api//v1/credentials",
    "GET, /%61pi/v1/credentials",
    "GET, /api/v1;a=b/credentials"
  })
  void asksForATokenWhateverThePathAndMethod(String method, String path) {
    given()
        .urlEncodingEnabled(false)
        .request(method, path)
        .then()
        .statusCode(401)
        .header("WWW-Authenticate", is("Bearer"));
  }

  @Test
  void asksForATokenWhateverTheMediaTypes() {
    given()
        .contentType(ContentType.XML)
        .body("<a/>")
        .post("/api/v1/credentials")
        .then()
        .statusCode(401)
        .body("type", is("urn:coffer:problem:unauthenticated"));
    given().accept(ContentType.XML).get("/api/v1/credentials").then().statusCode(401);
    given().contentType(ContentType.JSON).body("{").post("/api/v1/use").then().statusCode(401);
  }

  @Test
  void refusesABadTokenOnAPathThatDoesNotExist() {
    given().auth().oauth2("x.y.z").get("/api/v1/no-such-path").then().statusCode(401);
  }

  @Test
  void tellsACallerWithATokenWhatIsWrong() {
    String token = TestTokens.of("known").organization("acme").sign();
    given().auth().oauth2(token).get("/api/v1/no-such-path").then().statusCode(404);
    given().auth().oauth2(token).put("/api/v1/credentials").then().statusCode(405);
    given()
        .auth()
        .oauth2(token)
        .contentType(ContentType.XML)
        .body("<a/>")
        .post("/api/v1/credentials")
        .then()
        .statusCode(415);
    given()
        .auth()
        .oauth2(token)
        .accept(ContentType.XML)
        .get("/api/v1/credentials")
        .then()
        .statusCode(406);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/q/health/live", "/q/openapi", "/no-such-path", "/login"})
  void leavesThePublicPathsPublic(String path) {
    given().get(path).then().statusCode(not(401));
  }
}
