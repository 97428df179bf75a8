package io.coffer.credential;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How much a credential may hold; what is refused for being more says how much that is. */
@QuarkusTest
class LimitsTest {

  private static final int MAX_VALUE = 64 * 1024;

  private Api admin;

  @BeforeEach
  void caller() {
    admin = Api.as("alice", Api.newOrganization(), "admin");
  }

  @Test
  void keepsAValueOf64KibibytesAndNoLargerOne() {
    String whole = "é".repeat(MAX_VALUE / 2);
    String id = secret("whole", whole).statusCode(201).extract().path("id");
    admin.use(id).statusCode(200).body("fields.secret_value", is(whole));
    for (String more :
        new String[] {whole + "x", "x".repeat(MAX_VALUE + 1), "é".repeat(MAX_VALUE)}) {
      tooLarge(secret("more", more));
      tooLarge(admin.patch(id, Map.of("value", more)));
    }
    admin.use(id).statusCode(200).body("fields.secret_value", is(whole));
  }

  @Test
  void countsAllFieldsOfACredentialTogether() {
    Map<String, String> fields = new HashMap<>();
    fields.put("secret_value", "x".repeat(MAX_VALUE - 5));
    fields.put("secret_label", "label");
    admin.create(Map.of("name", "both", "type", "secret", "fields", fields)).statusCode(201);
    fields.put("secret_label", "labels");
    tooLarge(admin.create(Map.of("name", "more", "type", "secret", "fields", fields)));
    tooLarge(
        admin.create(
            Map.of(
                "name",
                "map",
                "type",
                "password",
                "fields",
                Map.of("username", "u", "metadata", Map.of("k", "x".repeat(MAX_VALUE))))));
  }

  @Test
  void keepsANameOf512CharactersAndNoLongerOne() {
    String name = "n".repeat(512);
    String id = secretNamed(name).statusCode(201).body("name", is(name)).extract().path("id");
    secretNamed(name + "n")
        .statusCode(422)
        .body("errors.field", hasItem("name"))
        .body("errors.rule", hasItem("max_length"))
        .body("errors[0].message", containsString("512"));
    admin
        .patch(id, Map.of("name", name + "n"))
        .statusCode(422)
        .body("errors[0].message", containsString("512"));
  }

  @Test
  void keepsAHundredLabelsAndNoMore() {
    String id =
        admin
            .create(Map.of("name", "l", "type", "secret", "value", "v", "labels", labels(0, 100)))
            .statusCode(201)
            .extract()
            .path("id");
    admin
        .create(Map.of("name", "m", "type", "secret", "value", "v", "labels", labels(0, 101)))
        .statusCode(422)
        .body("errors[0].field", is("labels"))
        .body("errors[0].message", containsString("100"));
    admin
        .patch(id, Map.of("labels", Map.of("one-more", "x")))
        .statusCode(422)
        .body("errors[0].field", is("labels"))
        .body("errors[0].message", containsString("100"));
    admin.patch(id, Map.of("labels", labels(0, 100))).statusCode(200);
  }

  private static Map<String, String> labels(int from, int to) {
    return IntStream.range(from, to)
        .boxed()
        .collect(Collectors.toMap(i -> "label-" + i, i -> "value"));
  }

  private static void tooLarge(ValidatableResponse response) {
    response
        .statusCode(413)
        .body("type", is("urn:coffer:problem:too-large"))
        .body("limit", is(MAX_VALUE))
        .body("detail", containsString("65536"));
  }

  private ValidatableResponse secret(String name, String value) {
    return admin.create(Map.of("name", name, "type", "secret", "value", value));
  }

  private ValidatableResponse secretNamed(String name) {
    return secret(name, "value");
  }
}
