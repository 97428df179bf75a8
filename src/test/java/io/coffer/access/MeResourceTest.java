package io.coffer.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.coffer.testing.TestIssuer;
import io.coffer.testing.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

@QuarkusTest
class MeResourceTest {

  private static final String ME = "/api/v1/me";

  @Test
  void tellsWhoTheBearerIs() {
    me(TestTokens.of("me-alice").organization("acme").roles("admin", "auditor").sign())
        .statusCode(200)
        .body("subject", equalTo("me-alice"))
        .body("user_name", equalTo("me-alice"))
        .body("kind", equalTo("person"))
        .body("organization.slug", equalTo("acme"))
        .body("roles", contains("admin", "auditor"))
        .body("id", notNullValue())
        .body("csrf_token", nullValue());
  }

  @Test
  void asksForATokenWhereThereIsNone() {
    given()
        .get(ME)
        .then()
        .statusCode(401)
        .contentType("application/problem+json")
        .header("WWW-Authenticate", equalTo("Bearer"))
        .body("type", equalTo("urn:coffer:problem:unauthenticated"))
        .body("request_id", notNullValue());
  }

  @Test
  void saysWhyATokenIsRefused() {
    me(TestTokens.of("me-late").expiresAt(Instant.now().minus(Duration.ofHours(1))).sign())
        .statusCode(401)
        .contentType("application/problem+json")
        .header("WWW-Authenticate", containsString("invalid_token"))
        .body("detail", equalTo("The token has expired."));
  }

  @Test
  void refusesAnotherIssuersToken() {
    try (TestIssuer other = TestIssuer.start()) {
      me(other.tokensOf("me-alice").organization("acme").sign()).statusCode(401);
    }
  }

  @Test
  void findsTheSameRowAgain() {
    String first = id(TestTokens.of("me-again").organization("acme").sign());
    String second = id(TestTokens.of("me-again").organization("acme").sign());
    assertThat(second).isEqualTo(first);
  }

  @Test
  void makesOneRowForManyFirstRequestsAtOnce() throws Exception {
    Set<String> ids = ConcurrentHashMap.newKeySet();
    String subject = "me-many-" + UUID.randomUUID();
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 20; i++) {
        clients.execute(
            () -> ids.add(id(TestTokens.of(subject).organization("race-" + subject).sign())));
      }
    }
    assertThat(ids).hasSize(1);
  }

  @Test
  void keepsTwoSubjectsWithOneUserNameApart() {
    String name = "twin-" + UUID.randomUUID();
    String first =
        id(
            TestTokens.of(name + "-a")
                .claim("preferred_username", name)
                .organization("acme")
                .sign());
    String second =
        id(
            TestTokens.of(name + "-b")
                .claim("preferred_username", name)
                .organization("acme")
                .sign());
    assertThat(second).isNotEqualTo(first);
  }

  @Test
  void asksWhichOfSeveralOrganizations() {
    me(TestTokens.of("me-both").organization("acme", "globex").roles("use").sign())
        .statusCode(400)
        .body("type", equalTo("urn:coffer:problem:organization-required"))
        .body("choices", contains("acme", "globex"));
  }

  @Test
  void takesTheOrganizationOfTheHeader() {
    String token = TestTokens.of("me-both").organization("acme", "globex").roles("use").sign();
    String id =
        bearer(token)
            .header("X-Coffer-Organization", "globex")
            .get(ME)
            .then()
            .statusCode(200)
            .body("organization.slug", equalTo("globex"))
            .body("organizations", containsInAnyOrder("acme", "globex"))
            .extract()
            .path("organization.id");
    bearer(token)
        .header("X-Coffer-Organization", id)
        .get(ME)
        .then()
        .statusCode(200)
        .body("organization.slug", equalTo("globex"));
  }

  @Test
  void hidesWhetherAForeignOrganizationExists() {
    me(TestTokens.of("me-other").organization("initech").sign()).statusCode(200);
    String token = TestTokens.of("me-alice").organization("acme").roles("admin").sign();
    for (String foreign : List.of("initech", "no-such", UUID.randomUUID().toString())) {
      bearer(token)
          .header("X-Coffer-Organization", foreign)
          .get(ME)
          .then()
          .statusCode(404)
          .body("detail", containsString("X-Coffer-Organization"));
    }
  }

  @Test
  void letsASystemAdminSelectAnyOrganizationWithoutTheRolesOfItsOwn() {
    me(TestTokens.of("me-other").organization("initech").sign()).statusCode(200);
    bearer(TestTokens.of("me-root").organization("acme").roles("admin", "system_admin").sign())
        .header("X-Coffer-Organization", "initech")
        .get(ME)
        .then()
        .statusCode(200)
        .body("roles", contains("system_admin"));
  }

  @Test
  void countsARoleOfOneOrganizationOnlyThere() {
    String token =
        TestTokens.of("me-scoped")
            .organization("acme", "globex")
            .roles("acme:admin", "read")
            .sign();
    bearer(token)
        .header("X-Coffer-Organization", "acme")
        .get(ME)
        .then()
        .body("roles", contains("admin", "read"));
    bearer(token)
        .header("X-Coffer-Organization", "globex")
        .get(ME)
        .then()
        .body("roles", contains("read"));
  }

  @Test
  void givesAPlainMemberNoRole() {
    me(TestTokens.of("me-plain").organization("acme").roles("something-else").sign())
        .statusCode(200)
        .body("roles", empty());
  }

  @Test
  void readsOrganizationsThatAreMembersOfAnObject() {
    me(TestTokens.of("me-kc").claim("organization", Map.of("acme", Map.of("id", "1"))).sign())
        .statusCode(200)
        .body("organization.slug", equalTo("acme"));
  }

  @Test
  void knowsAServiceByItsSubject() {
    me(TestTokens.of("etl").claim("client_id", "etl").organization("acme").sign())
        .body("kind", equalTo("workload"));
  }

  @Test
  void neverRepeatsTheToken() {
    String token = TestTokens.of("me-leak").audience("elsewhere").sign();
    me(token).statusCode(401).body(not(containsString(token.substring(0, 40))));
  }

  private static String id(String token) {
    return me(token).statusCode(200).extract().path("id");
  }

  private static ValidatableResponse me(String token) {
    return bearer(token).get(ME).then();
  }

  private static RequestSpecification bearer(String token) {
    return given().header("Authorization", "Bearer " + token);
  }
}
