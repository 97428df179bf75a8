package io.coffer.credential;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
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

  private ValidatableResponse refused(String type, String value) {
    return admin
        .create(Map.of("name", "x", "type", type, "value", value))
        .statusCode(422)
        .body("type", is("urn:coffer:problem:invalid-fields"));
  }
}
