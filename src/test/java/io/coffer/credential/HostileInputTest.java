package io.coffer.credential;

import static io.restassured.RestAssured.given;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import io.coffer.testing.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What callers send who want to break something, or to learn what they may not have. */
@QuarkusTest
class HostileInputTest {

  private static final String KEY = "sk-proj-0123456789abcdefghijWXYZ";
  private static final String CVV = "731";

  @Inject Pool pool;

  private Api admin;
  private Api systemAdmin;

  @BeforeEach
  void callers() {
    String organization = Api.newOrganization();
    admin = Api.as("alice", organization, "admin");
    systemAdmin = Api.as("root", organization, "system_admin");
  }

  @Test
  void answersARightGuessOfASecretAsAWrongOneWhoseCallerMayNotUseIt() {
    String id = card();
    for (String guess : new String[] {CVV, "999"}) {
      systemAdmin
          .patch(id, Map.of("fields", Map.of("card_cvv", guess)))
          .statusCode(403)
          .body("missing_role[0]", is("use"));
    }
    admin.use(id).statusCode(200).body("fields.card_cvv", is(CVV)).body("version", is(1));
    admin.patch(id, Map.of("fields", Map.of("card_cvv", CVV))).body("version", is(1));
  }

  @Test
  void letsNoNameClashHideWhetherAGuessWasRight() {
    admin.created("taken", KEY);
    String id = admin.created("other", KEY);
    for (String guess : new String[] {KEY, KEY + "x"}) {
      systemAdmin
          .patch(
              id, Map.of("name", "taken", "fields", Map.of("api_key", guess, "organization", "x")))
          .statusCode(409);
    }
    admin.use(id).statusCode(200).body("fields.api_key", is(KEY)).body("version", is(1));
  }

  @Test
  void tellsNobodyTheSizeOfASecretWhoMayNotUseIt() {
    for (int size : new int[] {20, 60_000}) {
      String id =
          admin
              .create(
                  Map.of(
                      "name",
                      "host " + size,
                      "type",
                      "machine",
                      "fields",
                      Map.of("password", "p".repeat(size))))
              .statusCode(201)
              .extract()
              .path("id");
      Map<String, ?> padding = Map.of("fields", Map.of("username", "u".repeat(10_000)));
      systemAdmin.patch(id, padding).statusCode(403).body("missing_role[0]", is("use"));
      admin.patch(id, padding).statusCode(size == 20 ? 200 : 413);
    }
  }

  @Test
  void tellsInAProblemThatABodyGoesOnBehindItsEnd() {
    for (String body : new String[] {"{} {}", "[] 1", "{} \"" + KEY + "\""}) {
      admin
          .request()
          .body(body)
          .post("/api/v1/credentials")
          .then()
          .statusCode(400)
          .body("type", is("urn:coffer:problem:malformed-request"));
    }
  }

  private String card() {
    return admin
        .create(
            Map.of(
                "name",
                "card",
                "type",
                "credit_card",
                "fields",
                Map.of(
                    "card_number",
                    "4111111111111111",
                    "card_cvv",
                    CVV,
                    "card_exp_month",
                    "12",
                    "card_exp_year",
                    "2030",
                    "card_holder_name",
                    "A B")))
        .statusCode(201)
        .extract()
        .path("id");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+999999999-12-31T23:59:59Z",
        "-999999999-01-01T00:00:00Z",
        "+294277-01-01T00:00:00Z",
        "0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59-18:00"
      })
  void refusesATimeThatTheDatabaseCannotKeep(String time) {
    admin
        .create(Map.of("name", "x", "type", "openai", "value", KEY, "expires_at", time))
        .statusCode(422)
        .body("errors[0].field", is("expires_at"));
    admin.list("?expires_at__gt=" + time.replace("+", "%2B")).statusCode(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?expires_at__gt=%2B1000000000-12-31T23:59:59Z",
        "?label=a%00",
        "?label=%00=b",
        "?name=%00",
        "?version__gt=1e99999999",
        "?order_by=name;drop",
        "?order_by=name)--",
        "?name'--=x",
        "?fields__api_key=x",
        "?sealed__isnull=false",
        "?plain__contains=x",
        "?cursor=AAAA",
        "?cursor=%00",
        "?page_size=999999999999"
      })
  void refusesAQueryThatIsNone(String query) {
    admin.list(query).statusCode(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?search=%25",
        "?search='",
        "?label=a'%7C%7C(select%201)=b",
        "?order_by=expires_at,-name",
        "?name__icontains=%5C",
        "?not__expires_at__isnull=true"
      })
  void takesOddTextForText(String query) {
    admin.created("odd", KEY);
    admin.list(query).statusCode(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\":\"a\\ud800\",\"type\":\"openai\",\"value\":\"K\"}",
        "{\"name\":\"a\",\"description\":\"\\udc00\",\"type\":\"openai\",\"value\":\"K\"}",
        "{\"name\":\"a\",\"labels\":{\"a\":\"\\udc00\"},\"type\":\"openai\",\"value\":\"K\"}",
        "{\"name\":\"a\",\"type\":\"openai\",\"value\":\"K\\ud800\"}",
        "{\"name\":\"a\",\"type\":\"openai\",\"fields\":{\"api_key\":\"K\\ud800\"}}",
        "{\"name\":\"a\",\"type\":\"openai\",\"fields\":{\"api_key\":1e999999}}",
        "{\"name\":\"a\",\"type\":\"postgresql\",\"fields\":{\"port\":1e400}}"
      })
  void refusesWhatCannotBeKept(String body) {
    admin
        .request()
        .body(body.replace("\"K", "\"" + KEY))
        .post("/api/v1/credentials")
        .then()
        .statusCode(422);
  }

  @Test
  void refusesJsonThatTwoReadersMayUnderstandDifferently() {
    for (String body :
        new String[] {
          "{\"name\":\"a\",\"name\":\"b\",\"type\":\"openai\",\"value\":\"" + KEY + "\"}",
          "{\"name\":\"a\",\"type\":\"openai\",\"value\":\"" + KEY + "\"} {}",
          "[".repeat(100),
          "{\"a\":" + "9".repeat(5000) + "}"
        }) {
      admin.request().body(body).post("/api/v1/credentials").then().statusCode(400);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"kty\":null}",
        "{}",
        "{\"kty\":[\"RSA\"]}",
        "{\"kty\":\"EC\"}",
        "{\"kty\":\"EC\",\"crv\":null,\"x\":\"AA\",\"y\":\"AA\"}",
        "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"}",
        "{\"kty\":\"OKP\",\"crv\":\"X25519\"}",
        "{\"kty\":\"OKP\",\"crv\":\"X25519\",\"x\":\"\"}",
        "{\"kty\":\"OKP\",\"crv\":\"X25519\",\"x\":\"AA\"}",
        "{\"kty\":\"RSA\",\"n\":\"\",\"e\":\"\"}",
        "{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\",\"x5c\":[\"!!\"]}",
        "{\"kty\":\"oct\",\"k\":\"AAAA\"}"
      })
  void refusesARecipientThatIsNoKey(String jwk) {
    String id = admin.created("r", KEY);
    admin
        .request()
        .body("{\"recipient\":" + jwk + "}")
        .post("/api/v1/credentials/" + id + "/use")
        .then()
        .statusCode(422);
  }

  @Test
  void refusesARecipientWhoseCoordinatesAreTooLongOrTooShort() {
    String id = admin.created("r", KEY);
    for (int length : new int[] {42, 44, 6667}) {
      String x = "A".repeat(length);
      for (String jwk :
          new String[] {
            "{\"kty\":\"OKP\",\"crv\":\"X25519\",\"x\":\"" + x + "\"}",
            "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" + x + "\",\"y\":\"" + x + "\"}"
          }) {
        admin
            .request()
            .body("{\"recipient\":" + jwk + "}")
            .post("/api/v1/credentials/" + id + "/use")
            .then()
            .statusCode(422);
      }
    }
  }

  @Test
  void tellsTheFirstHundredFaultsAndHowManyThereAre() {
    String members =
        IntStream.range(0, 5_000).mapToObj(i -> "\"m" + i + "\":1").collect(joining(","));
    admin
        .request()
        .body("{" + members + "}")
        .post("/api/v1/credentials")
        .then()
        .statusCode(422)
        .body("errors.size()", equalTo(100))
        .body("errors_in_all", greaterThan(4_999));
  }

  @Test
  void refusesASubjectThatCannotBeKept() {
    for (String subject : new String[] {"a\0b", "a\nb"}) {
      given()
          .auth()
          .oauth2(TestTokens.of(subject).organization("acme").roles("admin").sign())
          .get("/api/v1/me")
          .then()
          .statusCode(401);
    }
  }

  @Test
  void refusesRowsEditedInTheDatabaseAndListsThemStill() {
    String one = admin.created("one", KEY);
    String two = admin.created("two", KEY + "2");
    byte[] sealed = one(one);
    update(
        "update credential set plain = '{\"base_url\": \"https://evil.example\"}' where id = $1",
        one);
    admin.use(one).statusCode(500).body("type", is("urn:coffer:problem:undecryptable"));
    update("update credential set plain = '{\"base_url\": 1.5}' where id = $1", one);
    admin.use(one).statusCode(500);
    pool.preparedQuery("update credential set sealed = $2 where id = $1")
        .execute(Tuple.of(UUID.fromString(two), io.vertx.core.buffer.Buffer.buffer(sealed)))
        .await()
        .indefinitely();
    admin.use(two).statusCode(500).body("type", is("urn:coffer:problem:undecryptable"));
    update("update credential set version = version + 1 where id = $1", two);
    admin.use(two).statusCode(500).body("type", is("urn:coffer:problem:undecryptable"));
    admin.list("").statusCode(200).body("items.size()", is(2));
  }

  private byte[] one(String id) {
    byte[] sealed =
        pool.preparedQuery("select sealed from credential where id = $1")
            .execute(Tuple.of(UUID.fromString(id)))
            .await()
            .indefinitely()
            .iterator()
            .next()
            .getBuffer("sealed")
            .getBytes();
    assertThat(sealed).isNotEmpty();
    return sealed;
  }

  private void update(String sql, String id) {
    pool.preparedQuery(sql).execute(Tuple.of(UUID.fromString(id))).await().indefinitely();
  }
}
