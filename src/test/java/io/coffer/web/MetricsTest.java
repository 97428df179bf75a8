package io.coffer.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.credential.Api;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class MetricsTest {

  @Test
  void saysWhatEachOfItsOwnMetricsIs() {
    Api admin = Api.as("alice", Api.newOrganization(), "admin");
    admin.use(admin.created("m", "sk-proj-0123456789abcdefghijWXYZ")).statusCode(200);
    given().get("/api/v1/me").then().statusCode(401);
    List<String> help =
        metrics().lines().filter(line -> line.startsWith("# HELP coffer_")).toList();
    assertThat(help)
        .hasSizeGreaterThan(8)
        .allMatch(line -> line.strip().split(" ").length > 5, "has a sentence");
  }

  @Test
  void doesNotCountTheProofOfTheKeyAtTheStartAsDamage() {
    Api.as("alice", Api.newOrganization(), "admin")
        .create(Map.of("name", "m", "type", "api_key", "value", "0123456789"))
        .statusCode(201);
    assertThat(metrics()).contains("coffer_kms_calls_total{").doesNotContain("outcome=\"corrupt\"");
  }

  private static String metrics() {
    return given().get("/q/metrics").then().statusCode(200).extract().asString();
  }
}
