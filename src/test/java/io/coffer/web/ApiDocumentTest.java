package io.coffer.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.notNullValue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.coffer.credential.Api;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the OpenAPI document says of headers and bodies, beside what is answered. */
@QuarkusTest
class ApiDocumentTest {

  private JsonNode paths = JsonMapper.builder().build().createObjectNode();

  @BeforeEach
  void readDocument() throws JsonProcessingException {
    String document = given().accept("application/json").get("/q/openapi").asString();
    paths = JsonMapper.builder().build().readTree(document).path("paths");
  }

  @Test
  void tellsTheHeadersOfEveryAnswer() {
    paths
        .properties()
        .forEach(
            path -> {
              if (path.getKey().startsWith("/api/v1/")) {
                path.getValue()
                    .findValues("responses")
                    .forEach(
                        responses ->
                            responses.forEach(
                                response ->
                                    assertThat(response.at("/headers/X-Request-ID").isMissingNode())
                                        .as(path.getKey())
                                        .isFalse()));
              }
            });
    assertThat(headers("/api/v1/credentials", "post", "201")).contains("ETag", "Location");
    assertThat(headers("/api/v1/credentials/{id}", "get", "304")).contains("ETag");
    assertThat(headers("/api/v1/credentials/{id}", "delete", "200")).contains("ETag");
    assertThat(headers("/api/v1/teams/{id}", "patch", "200")).contains("ETag");
    assertThat(headers("/api/v1/admin/keys/rewrap", "post", "202")).contains("Location");
    assertThat(headers("/api/v1/me", "get", "default")).contains("Retry-After", "WWW-Authenticate");
  }

  @Test
  void saysWhichBodiesCanBeLeftOut() {
    for (String action : List.of("copy", "move", "restore", "use")) {
      JsonNode body = paths.path("/api/v1/credentials/{id}/" + action).at("/post/requestBody");
      assertThat(body.path("required").asBoolean(false)).as(action).isFalse();
    }
    assertThat(paths.at("/~1api~1v1~1credentials/post/requestBody/required").asBoolean()).isTrue();
  }

  @Test
  void saysWhatIsAnswered() {
    Api admin = Api.as("alice", Api.newOrganization(), "admin");
    String id =
        admin
            .request()
            .body(Map.of("name", "one", "type", "openai", "value", "sk-one-0123456789abcdef"))
            .post("/api/v1/credentials")
            .then()
            .statusCode(201)
            .header("ETag", "\"1\"")
            .header("Location", containsString("/api/v1/credentials/"))
            .header("X-Request-ID", notNullValue())
            .extract()
            .path("id");
    for (String action : List.of("copy", "use")) {
      String path = "/api/v1/credentials/" + id + "/" + action;
      assertThat(admin.request().post(path).statusCode()).isBetween(200, 201);
    }
    admin.delete(id).statusCode(200).header("ETag", notNullValue());
    admin.request().post("/api/v1/credentials/" + id + "/restore").then().statusCode(200);
    given().get("/api/v1/me").then().statusCode(401).header("WWW-Authenticate", notNullValue());
  }

  private List<String> headers(String path, String method, String code) {
    List<String> names = new ArrayList<>();
    paths
        .path(path)
        .path(method)
        .path("responses")
        .path(code)
        .path("headers")
        .fieldNames()
        .forEachRemaining(names::add);
    return names;
  }
}
