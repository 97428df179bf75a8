package io.coffer.credential;

import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.HashMap;
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
        .body(
            "errors[0].message",
            is(
                "one of these is needed as a whole where schema_type is postgresql: host and user"
                    + " and password; host and user and client_certificate and client_key"));
    made(Map.of("schema_type", "mssql", "host", "db.example.com", "user", "u"))
        .statusCode(422)
        .body("errors.field", is(List.of("fields.password")))
        .body("errors[0].message", is("is required where schema_type is mssql"));
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

  @Test
  void refusesAFieldOfAnotherKindInsteadOfPassingItOver() {
    made(Map.of(
            "schema_type", "mysql",
            "host", "db.example.com",
            "user", "u",
            "password", "p",
            "service_name", "s",
            "tls_mode", "strict"))
        .statusCode(422)
        .body("type", is("urn:coffer:problem:invalid-fields"))
        .body("errors.field", is(List.of("fields.service_name", "fields.tls_mode")))
        .body("errors.rule", is(List.of("not_for_choice", "not_for_choice")))
        .body(
            "errors.message",
            is(
                List.of(
                    "cannot be set where schema_type is mysql, only where it is oracle",
                    "must be disable or require or verify-ca or verify-full where schema_type is"
                        + " mysql")));
  }

  @Test
  void saysWhatMustGoWhenTheKindChanges() {
    String id =
        made(Map.of(
                "schema_type", "oracle",
                "host", "db.example.com",
                "service_name", "s",
                "user", "u",
                "password", "p"))
            .statusCode(201)
            .extract()
            .path("id");
    admin
        .patch(id, Map.of("fields", Map.of("schema_type", "mysql")))
        .statusCode(422)
        .body("errors.field", is(List.of("fields.service_name")))
        .body("errors[0].rule", is("not_for_choice"))
        .body("errors[0].message", containsString("send null for it to remove it"));
    Map<String, Object> mended = new HashMap<>();
    mended.put("schema_type", "mysql");
    mended.put("service_name", null);
    admin
        .patch(id, Map.of("fields", mended))
        .statusCode(200)
        .body("fields.schema_type", is("mysql"))
        .body("fields", not(hasKey("service_name")));
    admin
        .use(Map.of("id", id, "as", "env"))
        .statusCode(200)
        .body("env.DB_TYPE", is("mysql"))
        .body("env.DB_PORT", is("3306"))
        .body("env.DB_TLS_MODE", is("verify-full"))
        .body("env", not(hasKey("DB_SERVICE_NAME")));
  }

  private ValidatableResponse made(Map<String, ?> fields) {
    return admin.create(Map.of("name", "db", "type", "database", "fields", fields));
  }
}
