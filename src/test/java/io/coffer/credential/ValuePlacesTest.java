package io.coffer.credential;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.coffer.type.key.TestKeys;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is wrong with a value is told of the value, and says what would be right. */
@QuarkusTest
class ValuePlacesTest {

  private Api admin;

  @BeforeEach
  void caller() {
    admin = Api.as("alice", Api.newOrganization(), "admin");
  }

  @Test
  void namesTheValueThatIsNoServiceAccount() {
    refused("gcp", "{\"type\":\"authorized_user\",\"client_id\":\"x\"}")
        .body("errors.size()", is(1))
        .body("errors[0].field", is("value"))
        .body("errors[0].message", containsString("service_account"));
    refused("gcp", "no json").body("errors[0].field", is("value"));
    refused(
            "gcp",
            "{\"type\":\"service_account\",\"client_email\":\"a@example.com\",\"private_key\":\"k\"}")
        .body("errors[0].field", is("value"))
        .body("errors[0].message", containsString("private_key"));
  }

  @Test
  void namesTheFieldWithinAValue() {
    refused("smtp", "{\"host\":\"a b\",\"port\":25}").body("errors.field", hasItem("value.host"));
  }

  @Test
  void namesTheValueThatIsOneField() {
    refused("openai", "two\nlines").body("errors[0].field", is("value"));
  }

  @Test
  void saysWhichParametersAConnectionStringMayHave() {
    refused("postgresql", "postgresql://u:p@db.example.com/main?sslrootcert=marker")
        .body("errors[0].field", is("value"))
        .body(
            "errors[0].message",
            is("parameter 1 is not allowed; there are channel_binding, connect_timeout, sslmode"))
        .body(not(containsString("marker")));
  }

  @Test
  void saysHowAConnectionStringBegins() {
    refused("postgresql", "mongodb://u:p@db.example.com/marker")
        .body("errors[0].message", containsString("jdbc:postgresql:, postgres://, postgresql://"))
        .body("errors[0].message", not(containsString("mysql")))
        .body(not(containsString("marker")));
    refused("postgresql", "mysql://u:p@db.example.com/marker")
        .body("errors[0].message", containsString("postgresql://"));
  }

  @Test
  void namesTheValueThatAFieldIsMissingFrom() {
    refused("postgresql", "jdbc:postgresql://db.example.com/main")
        .body("errors.field", hasItems("value.user", "value.password"))
        .body("errors.field", everyItem(startsWith("value.")))
        .body("errors.message", everyItem(containsString("goes into fields beside it")));
    refused("smtp", "{\"host\":\"mail.example.com\"}")
        .body("errors.field", hasItem("value.user"))
        .body("errors.field", everyItem(startsWith("value.")));
    String id =
        admin
            .create(
                Map.of(
                    "name", "y",
                    "type", "postgresql",
                    "value", "postgresql://u:p@db.example.com/main"))
            .statusCode(201)
            .extract()
            .path("id");
    admin
        .patch(id, Map.of("value", "jdbc:postgresql://db.example.com/other"))
        .statusCode(422)
        .body("errors.field", hasItem("value.user"))
        .body("errors.field", everyItem(startsWith("value.")));
  }

  @Test
  void takesUserAndPasswordBesideAJdbcUrlAndKeepsAPasswordThatIsEchoed() {
    String id =
        admin
            .create(
                Map.of(
                    "name", "jdbc",
                    "type", "postgresql",
                    "value", "jdbc:postgresql://db.example.com/main?sslmode=require",
                    "fields", Map.of("user", "u", "password", "p@ss:w/rd")))
            .statusCode(201)
            .body("fields.host", is("db.example.com"))
            .body("fields.tls_mode", is("require"))
            .extract()
            .path("id");
    admin
        .patch(
            id,
            Map.of(
                "value",
                "jdbc:postgresql://other.example.com/main",
                "fields",
                Map.of("user", "u", "password", "$encrypted$")))
        .statusCode(200)
        .body("fields.host", is("other.example.com"));
    admin
        .use(Map.of("id", id, "as", "jdbc"))
        .statusCode(200)
        .body("jdbc.url", is("jdbc:postgresql://other.example.com:5432/main?sslmode=verify-full"))
        .body("jdbc.user", is("u"))
        .body("jdbc.password", is("p@ss:w/rd"));
  }

  @Test
  void refusesWhatIsSaidTwiceAndFieldsBesideOtherValues() {
    admin
        .create(
            Map.of(
                "name", "twice",
                "type", "postgresql",
                "value", "postgresql://u:p@db.example.com/main",
                "fields", Map.of("user", "v", "channel_binding", "require")))
        .statusCode(422)
        .body("errors.field", is(List.of("fields.user")))
        .body("errors.rule", is(List.of("exclusive")));
    admin
        .create(
            Map.of(
                "name", "both",
                "type", "openai",
                "value", "sk-proj-0123456789abcdefghijWXYZ",
                "fields", Map.of("project", "p")))
        .statusCode(422)
        .body("errors.field", is(List.of("value")))
        .body("errors.rule", is(List.of("exclusive")));
  }

  @Test
  void tellsTheDatabaseThatSharesItsSchemeByTheFieldBesideIt() {
    admin
        .create(
            Map.of(
                "name", "shared",
                "type", "database",
                "value", "postgresql://u:p@c.abc.us-east-1.redshift.amazonaws.com/dev",
                "fields", Map.of("schema_type", "redshift")))
        .statusCode(201)
        .body("fields.schema_type", is("redshift"));
    admin
        .create(
            Map.of(
                "name", "other",
                "type", "database",
                "value", "postgresql://u:p@db.example.com/dev",
                "fields", Map.of("schema_type", "mysql")))
        .statusCode(422)
        .body("errors.field", is(List.of("value")));
  }

  @Test
  void namesThePassphraseWithinAValueThatDoesNotOpenTheKey() {
    String key = TestKeys.read("pkcs8-rsa-aes-encrypted").replace("\n", "\\n");
    String value =
        "{\"user\":\"LOADER\",\"private_key\":\"%s\",\"passphrase\":\"wrong one\"}".formatted(key);
    refused("snowflake_key_pair_user_account", value)
        .body("errors.field", is(List.of("value.passphrase")))
        .body("errors.rule", is(List.of("passphrase_wrong")));
  }

  private ValidatableResponse refused(String type, String value) {
    return admin
        .create(Map.of("name", "x", "type", type, "value", value))
        .statusCode(422)
        .body("type", is("urn:coffer:problem:invalid-fields"));
  }
}
