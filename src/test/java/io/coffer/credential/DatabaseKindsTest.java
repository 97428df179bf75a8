package io.coffer.credential;

import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a database credential needs depends on which database it is for. */
@QuarkusTest
class DatabaseKindsTest {

  private Api admin;

  @BeforeEach
  void caller() {
    admin = Api.as("alice", Api.newOrganization(), "admin");
  }

  @Test
  void asksForTheFieldsOfTheKindThatIsNamed() {
    made(Map.of("schema_type", "postgresql"))
        .statusCode(422)
        .body("errors.field", containsInAnyOrder("fields.host", "fields.user", "fields.password"))
        .body("errors[0].message", is("is required where schema_type is postgresql"));
    made(Map.of("schema_type", "snowflake", "user", "u", "password", "p"))
        .statusCode(422)
        .body("errors.field", is(List.of("fields.account")));
    made(Map.of("schema_type", "static_file"))
        .statusCode(422)
        .body("errors.field", is(List.of("fields.url")));
    made(Map.of("host", "db.example.com"))
        .statusCode(422)
        .body("errors.field", is(List.of("fields.schema_type")));
  }

  @Test
  void keepsAFileWithoutHostAndUser() {
    String id =
        made(Map.of("schema_type", "static_file", "url", "https://files.example.com/a.csv"))
            .statusCode(201)
            .extract()
            .path("id");
    admin.use(id).statusCode(200).body("fields.url", is("https://files.example.com/a.csv"));
    admin
        .use(Map.of("id", id, "as", "url"))
        .statusCode(422)
        .body("type", is("urn:coffer:problem:unsupported-form"))
        .body("supported", hasItem("fields"))
        .body("supported", not(hasItems("jdbc")));
  }

  @Test
  void rendersTheConnectionOfAHostedDatabase() {
    String id =
        made(Map.of(
                "schema_type", "snowflake",
                "account", "example-reports",
                "user", "report",
                "password", "secret-1"))
            .statusCode(201)
            .extract()
            .path("id");
    admin
        .use(Map.of("id", id, "as", "jdbc"))
        .statusCode(200)
        .body("jdbc.user", is("report"))
        .body("jdbc.password", is("secret-1"));
  }

  private ValidatableResponse made(Map<String, ?> fields) {
    return admin.create(Map.of("name", "db", "type", "database", "fields", fields));
  }
}
