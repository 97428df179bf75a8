package io.coffer.job;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import io.coffer.kms.KeyPurpose;
import io.coffer.kms.KmsProviders;
import io.coffer.kms.RowTags;
import io.coffer.testing.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class AdminKeysResourceTest {

  private static final String KEYS = "/api/v1/admin/keys";

  @Inject RowTags tags;
  @Inject KmsProviders providers;
  @Inject Pool pool;

  @Test
  void showsDataKeysByTheKeyThatWrapsThem() {
    byte[] _ =
        tags.tag(KeyPurpose.ROWS, "test", new byte[1]).await().atMost(Duration.ofSeconds(20));
    as("system_admin")
        .get(KEYS)
        .then()
        .statusCode(200)
        .body("keys.find { it.is_default }.provider", equalTo("local"))
        .body("keys.find { it.is_default }.data_keys > 0", is(true));
  }

  @Test
  void rewrapsAsAJobAndShowsHowItGoes() {
    ValidatableResponse accepted =
        order("{\"from\": {\"provider\": \"local\", \"key_id\": \"gone\"}, \"to\": %s}")
            .statusCode(202)
            .body("summary", equalTo("0 of 0 under local:gone"));
    String job = accepted.extract().header("Location");
    assertThat(recordedAs(accepted.extract().path("id"))).isEqualTo("keys.rewrap");
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!state(job).equals("done") && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    as("system_admin")
        .get(job)
        .then()
        .statusCode(200)
        .body("state", equalTo("done"))
        .body("remaining", equalTo(0))
        .body("failures.size()", equalTo(0));
    as("system_admin").get(KEYS).then().body("rewraps.summary", hasItem("0 of 0 under local:gone"));
  }

  @Test
  void refusesKeysThatDoNotFitAndNamesTheMember() {
    String gone = "{\"provider\": \"local\", \"key_id\": \"gone\"}";
    order("{\"from\": %s, \"to\": " + gone + "}")
        .statusCode(422)
        .body("errors[0].field", equalTo("to"));
    order("{\"to\": %s}").statusCode(422).body("errors[0].field", equalTo("from"));
    order("{\"from\": %s, \"to\": %s}").statusCode(422).body("errors[0].field", equalTo("to"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"admin", "use", "read", "creator", "auditor", "type_admin"})
  void isForSystemAdminsOnly(String role) {
    as(role).get(KEYS).then().statusCode(403).body("missing_role", hasItem("system_admin"));
    as(role).contentType(ContentType.JSON).body("{}").post(KEYS + "/rewrap").then().statusCode(403);
    as(role).get(KEYS + "/rewrap/00000000-0000-0000-0000-000000000000").then().statusCode(403);
  }

  @Test
  void asksForATokenWhereThereIsNone() {
    given().get(KEYS).then().statusCode(401);
  }

  @Test
  void answersNotFoundForAJobThatIsNone() {
    as("system_admin")
        .get(KEYS + "/rewrap/00000000-0000-0000-0000-000000000000")
        .then()
        .statusCode(404);
  }

  /** What the record says was done to the job; a change reaches it soon, not at once. */
  private String recordedAs(String job) {
    return pool.preparedQuery("select action from activity where target_id = $1")
        .execute(Tuple.of(UUID.fromString(job)))
        .repeat()
        .whilst(rows -> rows.size() == 0)
        .select()
        .last()
        .toUni()
        .await()
        .atMost(Duration.ofSeconds(20))
        .iterator()
        .next()
        .getString(0);
  }

  private ValidatableResponse order(String body) {
    String standard =
        "{\"provider\": \"local\", \"key_id\": \"%s\"}".formatted(providers.defaultKey().keyId());
    return as("system_admin")
        .contentType(ContentType.JSON)
        .body(body.replace("%s", standard))
        .post(KEYS + "/rewrap")
        .then();
  }

  private static String state(String job) {
    return as("system_admin").get(job).then().extract().path("state");
  }

  private static RequestSpecification as(String role) {
    return given()
        .header(
            "Authorization",
            "Bearer " + TestTokens.of("keys-" + role).organization("acme").roles(role).sign());
  }
}
