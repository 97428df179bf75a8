package io.coffer.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.coffer.testing.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Whoever writes the Host of a request decides about no address that others are led to. */
@QuarkusTest
@TestProfile(PublicAddressTest.Known.class)
class PublicAddressTest {

  private static final String ADDRESS = "https://coffer.example.org";

  /** With an address, and with log-in at an issuer that is never asked. */
  public static final class Known implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.ofEntries(
          Map.entry("coffer.http.public-address", ADDRESS),
          Map.entry("coffer.login.enabled", "true"),
          Map.entry("coffer.login.cookie-secret", "a secret of the tests, for cookies only"),
          Map.entry("quarkus.oidc.tenant-enabled", "true"),
          Map.entry("quarkus.oidc.auth-server-url", "http://127.0.0.1:9"),
          Map.entry("quarkus.oidc.credentials.secret", "a secret of the tests for the issuer"),
          Map.entry("quarkus.oidc.discovery-enabled", "false"),
          Map.entry("quarkus.oidc.authorization-path", "/authorize"),
          Map.entry("quarkus.oidc.token-path", "/token"),
          Map.entry("quarkus.oidc.jwks.resolve-early", "false"),
          Map.entry("quarkus.oidc.jwks-path", "/keys"));
    }
  }

  @Test
  void namesItselfInTheMetadata() {
    given()
        .header("Host", "evil.example.org")
        .get("/.well-known/oauth-protected-resource")
        .then()
        .statusCode(200)
        .body("resource", is(ADDRESS))
        .body(not(containsString("evil")));
  }

  @Test
  void namesItselfOnTheFirstPage() {
    given()
        .header("Host", "evil.example.org")
        .get("/")
        .then()
        .statusCode(200)
        .body(allOf(containsString(ADDRESS + "/api/v1"), not(containsString("evil"))));
  }

  @Test
  void namesItselfWhereSomethingWasMade() {
    String token =
        TestTokens.of("maker").organization("org-" + UUID.randomUUID()).roles("admin").sign();
    given()
        .auth()
        .oauth2(token)
        .header("Host", "evil.example.org")
        .contentType("application/json")
        .body(Map.of("name", "n", "type", "openai", "value", "sk-0123456789abcdefghij"))
        .post("/api/v1/credentials")
        .then()
        .statusCode(201)
        .header("Location", startsWith(ADDRESS + "/api/v1/credentials/"));
  }

  @Test
  void isWhereTheIssuerLeadsBackTo() {
    String location =
        given()
            .redirects()
            .follow(false)
            .header("Host", "evil.example.org")
            .get("/login")
            .then()
            .statusCode(302)
            .extract()
            .header("Location");
    assertThat(location).startsWith("http://127.0.0.1:9/authorize?");
    String query = URLDecoder.decode(URI.create(location).getRawQuery(), StandardCharsets.UTF_8);
    assertThat(query).contains("redirect_uri=" + ADDRESS + "/login").doesNotContain("evil");
  }
}
