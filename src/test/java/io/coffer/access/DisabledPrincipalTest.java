package io.coffer.access;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.coffer.testing.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Whoever is disabled gets nothing from the next request on, with the best of tokens. */
@QuarkusTest
class DisabledPrincipalTest {

  @Inject Pool database;

  @Test
  void isRefusedEverywhereAtOnce() {
    String subject = "disabled-" + UUID.randomUUID();
    String token =
        TestTokens.of(subject).organization("acme").roles("admin", "system_admin").sign();
    as(token).get("/api/v1/me").then().statusCode(200);
    String id = create(token).statusCode(201).extract().path("id");

    disable(subject);
    refused(as(token).get("/api/v1/me").then());
    refused(as(token).get("/api/v1/credentials").then());
    refused(as(token).get("/api/v1/credentials/" + id).then());
    refused(
        as(token).body("{\"as\":\"fields\"}").post("/api/v1/credentials/" + id + "/use").then());
    refused(as(token).get("/api/v1/admin/keys").then());
    refused(create(token));
    as(token).get("/").then().statusCode(200).body(containsString("Your account is disabled here"));
  }

  private static ValidatableResponse create(String token) {
    String body =
        """
        {"name": "%s", "type": "openai", "organization": null, "value": "sk-%s"}"""
            .formatted(UUID.randomUUID(), "0".repeat(48));
    return as(token).body(body).post("/api/v1/credentials").then();
  }

  private void disable(String subject) {
    database
        .preparedQuery("update principal set disabled_at = now() where subject = $1")
        .executeAndAwait(Tuple.of(subject));
  }

  private static void refused(ValidatableResponse response) {
    response.statusCode(403).body("type", equalTo("urn:coffer:problem:principal-disabled"));
  }

  private static RequestSpecification as(String token) {
    return given().header("Authorization", "Bearer " + token).contentType(ContentType.JSON);
  }
}
