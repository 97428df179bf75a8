package io.coffer.credential;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands in headers and files, and what never may. */
@QuarkusTest
class RenderedFormsTest {

  private static final String KEY = "k-0123456789abcdefghijWXYZ";
  private static final String LEFT_OUT = "left out";

  private Api admin;

  @BeforeEach
  void caller() {
    admin = Api.as("alice", Api.newOrganization(), "admin", "use");
  }

  @ParameterizedTest
  @CsvSource({
    "left out, left out, Authorization, 'Bearer '",
    "left out, Token, Authorization, 'Token '",
    "left out, '', Authorization, ''",
    "left out, none, Authorization, ''",
    "X-API-Key, left out, X-API-Key, ''",
    "X-API-Key, Key, X-API-Key, 'Key '",
    "authorization, left out, authorization, 'Bearer '"
  })
  void putsAnApiKeyIntoTheHeaderAndSchemeOfItsChoice(
      String header, String scheme, String name, String before) {
    Map<String, Object> fields = new HashMap<>(Map.of("api_key", KEY));
    if (!header.equals(LEFT_OUT)) {
      fields.put("header", header);
    }
    if (!scheme.equals(LEFT_OUT)) {
      fields.put("scheme", scheme);
    }
    String id = made("api_key", fields).statusCode(201).extract().path("id");
    rendered(id, "header").statusCode(200).body("header.'" + name + "'", is(before + KEY));
  }

  @ParameterizedTest
  @CsvSource({"header, 'X Key'", "header, 'X:Key'", "header, 'Ключ'", "scheme, 'a b'"})
  void refusesWhatIsNoNameOfAHeaderOrScheme(String field, String value) {
    made("api_key", Map.of("api_key", KEY, field, value))
        .statusCode(422)
        .body("errors[0].field", is("fields." + field));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\tb", "a\u200bb", "a\u2028b"})
  void refusesFurtherHeadersThatHoldWhatCannotBeSeen(String namespace) {
    String id =
        made(
                "hashivault_kv",
                Map.of("url", "https://vault.example.com", "token", KEY, "namespace", namespace))
            .statusCode(201)
            .extract()
            .path("id");
    rendered(id, "header")
        .statusCode(422)
        .body("errors[0].field", is("fields.namespace"))
        .body("errors[0].rule", is("characters"));
  }

  @Test
  void refusesATabInTheMainHeader() {
    String id =
        made("api_key", Map.of("api_key", KEY + "\tx")).statusCode(201).extract().path("id");
    rendered(id, "header")
        .statusCode(422)
        .body("errors[0].field", is("fields.api_key"))
        .body("errors[0].message", not(containsString(KEY)));
  }

  @Test
  void givesAStaticFileItsOwnName() {
    Map<String, Object> fields =
        new HashMap<>(Map.of("content", "a,b\n1,2\n", "file_name", "sales 2026.csv"));
    String id = made("static_file", fields).statusCode(201).extract().path("id");
    rendered(id, "file").statusCode(200).body("file.name", is("sales 2026.csv"));
    admin.patch(id, Map.of("fields", Collections.singletonMap("file_name", null)));
    rendered(id, "file").statusCode(200).body("file.name", is("data"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", ".", "a/b", "a\\b", "../x"})
  void refusesAFileNameThatLeadsElsewhere(String name) {
    made("static_file", Map.of("content", "a", "file_name", name))
        .statusCode(422)
        .body("errors[0].field", is("fields.file_name"));
  }

  private ValidatableResponse made(String type, Map<String, ?> fields) {
    return admin.create(Map.of("name", "one", "type", type, "fields", fields));
  }

  private ValidatableResponse rendered(String id, String form) {
    return admin.use(Map.of("id", id, "as", form));
  }
}
