package io.coffer.type;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.coffer.testing.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;

@QuarkusTest
class CredentialTypeResourceTest {

  private static final String TYPES = "/api/v1/credential-types";

  @Test
  void listsAllTypes() {
    caller()
        .get(TYPES)
        .then()
        .statusCode(200)
        .body("items.size()", equalTo(TypePacks.load().size()))
        .body("items.slug", hasItems("openai", "postgresql", "machine"))
        .body("next_cursor", nullValue());
  }

  @Test
  void filtersByCategoryAndText() {
    caller()
        .queryParam("category", "data_warehouse")
        .get(TYPES)
        .then()
        .statusCode(200)
        .body("items.category", everyItem(equalTo("data_warehouse")))
        .body("items.slug", hasItem("postgresql"));
    caller()
        .queryParam("search", "POSTGRES")
        .get(TYPES)
        .then()
        .body("items.slug", hasItem("postgresql"))
        .body("items.slug", not(hasItem("openai")));
  }

  @Test
  void knowsATypeByTheNameThatAwxHasForIt() {
    caller().get(TYPES + "/ssh").then().statusCode(200).body("slug", equalTo("machine"));
  }

  @Test
  void refusesACategoryThatThereIsNot() {
    caller()
        .queryParam("category", "poetry")
        .get(TYPES)
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("type", equalTo("urn:coffer:problem:invalid-query"))
        .body("errors[0].message", containsString("data_warehouse"));
  }

  @Test
  void tellsAllOfAType() {
    caller()
        .get(TYPES + "/postgresql")
        .then()
        .statusCode(200)
        .body("slug", equalTo("postgresql"))
        .body("managed", equalTo(true))
        .body("value", contains("json", "connection"))
        .body("forms", contains("fields", "env", "url", "jdbc", "inject"))
        .body("fields.id", hasItems("host", "password"))
        .body("fields.find { it.id == 'password' }.secret", equalTo(true))
        .body("rules.completeness.required", hasItem("host"))
        .body("schema.properties.password.writeOnly", equalTo(true))
        .body("schema.properties.port.default", equalTo(5432));
  }

  @Test
  void knowsATypeByItsOtherNames() {
    caller().get(TYPES + "/s3").then().statusCode(200).body("slug", equalTo("aws"));
  }

  @Test
  void saysThatThereIsNoSuchType() {
    caller()
        .get(TYPES + "/no-such-type")
        .then()
        .statusCode(404)
        .body("type", equalTo("urn:coffer:problem:not-found"));
  }

  @Test
  void answersNothingNewToWhoHasIt() {
    String tag = caller().get(TYPES + "/openai").then().extract().header("ETag");
    caller().header("If-None-Match", tag).get(TYPES + "/openai").then().statusCode(304);
    caller().header("If-None-Match", tag).get(TYPES + "/xai").then().statusCode(200);
  }

  @Test
  void asksForATokenWhereThereIsNone() {
    given().get(TYPES).then().statusCode(401);
    given().get(TYPES + "/openai").then().statusCode(401);
  }

  private static RequestSpecification caller() {
    return given().auth().oauth2(TestTokens.of("type-reader").organization("types").sign());
  }
}
