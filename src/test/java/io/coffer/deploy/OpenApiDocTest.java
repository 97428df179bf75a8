package io.coffer.deploy;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The OpenAPI document in the repository is the one that the service gives. */
@QuarkusTest
class OpenApiDocTest {

  private static final Path DOCUMENT = Path.of("docs", "openapi.yaml");

  @Test
  void isTheOneInTheRepository() throws IOException {
    String given = given().accept("application/yaml").get("/q/openapi").asString();
    if ("write".equals(System.getProperty("coffer.docs"))) {
      Files.writeString(DOCUMENT, given);
    }
    assertThat(Files.readString(DOCUMENT))
        .as("docs/openapi.yaml; write it anew with -Dcoffer.docs=write -Dtest=OpenApiDocTest")
        .isEqualTo(given);
  }
}
