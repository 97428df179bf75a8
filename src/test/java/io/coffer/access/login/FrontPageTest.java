package io.coffer.access.login;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.coffer.testing.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import org.junit.jupiter.api.Test;

@QuarkusTest
class FrontPageTest {

  @Test
  void tellsAnybodyWhereThingsAreAndHowToGetAToken() {
    given()
        .get("/")
        .then()
        .statusCode(200)
        .contentType(ContentType.HTML)
        .body(
            allOf(
                containsString("/api/v1"),
                containsString("/q/openapi"),
                containsString("/q/swagger-ui"),
                containsString("/q/health"),
                containsString("/q/metrics"),
                containsString("How to get a token"),
                not(containsString("logged in"))));
  }

  @Test
  void loadsNothingAndRunsNothing() {
    given()
        .get("/")
        .then()
        .header(
            "Content-Security-Policy",
            allOf(startsWith("default-src 'none'"), containsString("frame-ancestors 'none'")))
        .header("X-Content-Type-Options", equalTo("nosniff"))
        .header("Cache-Control", equalTo("no-store"))
        .body(not(containsString("<script")));
    given().get("/coffer.css").then().statusCode(200).contentType("text/css");
  }

  @Test
  void saysWhoIsLoggedInAndWhatTheyMayDo() {
    page(
        TestTokens.of("page-alice").organization("acme").roles("admin", "type_admin").sign(),
        "page-alice",
        "acme",
        "<code>admin</code>, <code>type_admin</code>",
        "change and delete every credential of the organization");
  }

  @Test
  void tellsAPlainMemberWhatIsLeft() {
    page(
        TestTokens.of("page-bob").organization("acme").sign(),
        "Your roles: none",
        "credentials of your own");
  }

  @Test
  void escapesNames() {
    page(
        TestTokens.of("page-eve")
            .claim("preferred_username", "<script>alert(1)</script>")
            .organization("acme")
            .sign(),
        "&lt;script&gt;alert(1)&lt;/script&gt;");
  }

  @Test
  void offersNoLogInWhereThereIsNone() {
    given().get("/").then().body(not(containsString("/login")));
    given().redirects().follow(false).get("/login").then().statusCode(404);
    given().post("/logout").then().statusCode(404);
  }

  @Test
  void tellsProgramsWhichIssuersCount() {
    given()
        .get("/.well-known/oauth-protected-resource")
        .then()
        .statusCode(200)
        .body("authorization_servers", hasSize(2))
        .body("authorization_servers[0]", startsWith("http://127.0.0.1:"));
  }

  private static void page(String token, String... parts) {
    String page =
        given()
            .header("Authorization", "Bearer " + token)
            .get("/")
            .then()
            .statusCode(200)
            .extract()
            .asString();
    assertThat(page).contains(parts);
  }
}
