package io.coffer.probe;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.coffer.credential.Api;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What types declare is carried out in the application, as far as its policy lets calls go. */
@QuarkusTest
class DeclaredProbeTest {

  private final Api admin = Api.as("admin", Api.newOrganization(), "admin");

  private String created(String type, Map<String, String> fields) {
    return admin
        .create(Map.of("name", "it " + UUID.randomUUID(), "type", type, "fields", fields))
        .statusCode(201)
        .extract()
        .path("id");
  }

  private void verdict(String id, String verdict, String reason) {
    admin
        .request()
        .post("/api/v1/credentials/" + id + "/validate")
        .then()
        .statusCode(200)
        .body("verdict", equalTo(verdict))
        .body("reason", equalTo(reason))
        .body("probe", equalTo("http"))
        .body("is_valid", nullValue());
  }

  @Test
  void callsNobodyWhomThePolicyDoesNotOpen() {
    verdict(
        created("openai", Map.of("api_key", "sk-x", "base_url", "http://localhost:9/v1")),
        "unknown",
        "blocked_by_policy");
  }

  @Test
  void tellsThatFieldsMakeNoCall() {
    verdict(
        created(
            "aws", Map.of("access_key_id", "ASIAIOSFODNN7EXAMPLE", "secret_access_key", "secret")),
        "unknown",
        "incomplete");
  }
}
