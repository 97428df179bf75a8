package io.coffer.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.coffer.credential.Api;
import io.coffer.probe.Provider.Says;
import io.coffer.testing.Parallel;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Checks that somebody asks for, against a provider that answers on this machine. */
@QuarkusTest
class ValidateTest {

  @Inject Pool database;
  @Inject ProbesConfig config;

  private final Provider provider = new Provider();
  private final String organization = Api.newOrganization();
  private final Api admin = Api.as("admin", organization, "admin");
  private final ProbeApi api = new ProbeApi(admin, provider);
  private final String key = ProbeApi.newKey();

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  void tellsWhatTheProviderSays() {
    provider.says(key, Says.YES);
    String id = api.created(key);
    api.read(id).body("is_valid", nullValue()).body("validation.verdict", equalTo("not_probed"));
    api.validate(id)
        .statusCode(200)
        .body("verdict", equalTo("valid"))
        .body("reason", equalTo("ok"))
        .body("usable", equalTo(true))
        .body("code", equalTo("welcome"))
        .body("probe", equalTo("loopback"))
        .body("cause", equalTo("request"))
        .body("is_valid", equalTo(true));
    api.read(id)
        .body("is_valid", equalTo(true))
        .body("validation.verdict", equalTo("valid"))
        .body("validation.usable", equalTo(true))
        .body("validation.checked_at", notNullValue())
        .body("revision", equalTo(1));
  }

  @Test
  void doesNotFlipOnTrouble() {
    provider.says(key, Says.YES);
    String id = api.created(key);
    api.validate(id).body("is_valid", equalTo(true));
    String again = ProbeApi.newKey();
    provider.says(again, Says.BROKEN);
    // Another value, so that nothing is remembered; the old verdict stays with the old value.
    keepVerdict(id, again);
    api.validate(id)
        .body("verdict", equalTo("unknown"))
        .body("reason", equalTo("provider_error"))
        .body("is_valid", equalTo(true));
    api.read(id)
        .body("is_valid", equalTo(true))
        .body("validation.verdict", equalTo("unknown"))
        .body("validation.usable", nullValue());
  }

  @Test
  void tellsARefusal() {
    String id = api.created(key);
    api.validate(id)
        .body("verdict", equalTo("invalid"))
        .body("reason", equalTo("bad_secret"))
        .body("code", equalTo("invalid_key"))
        .body("is_valid", equalTo(false));
    api.read(id).body("is_valid", equalTo(false));
    api.history(id)
        .statusCode(200)
        .body("items.verdict", contains("invalid"))
        .body("items[0].version", equalTo(1));
  }

  @Test
  void startsAnewWithANewValue() {
    String id = api.created(key);
    api.validate(id).body("is_valid", equalTo(false));
    admin.patch(id, Map.of("fields", Map.of("api_key", ProbeApi.newKey()))).statusCode(200);
    api.read(id)
        .body("is_valid", nullValue())
        .body("validation.verdict", equalTo("not_probed"))
        .body("validation.warnings", hasSize(0));
    api.history(id).body("items.verdict", contains("invalid"));
  }

  @Test
  void answersLaterAndGoesOn() {
    provider.says(key, Says.YES);
    String id = api.created(key);
    provider.shut();
    api.validate(id, "50ms")
        .statusCode(202)
        .header("Location", containsString(id + "/validations"))
        .body("validations", equalTo("/api/v1/credentials/" + id + "/validations"));
    provider.open();
    Provider.await("the verdict", () -> is(id, true));
  }

  @Test
  void asksOnceForEqualChecksAtATime() {
    provider.says(key, Says.YES);
    String id = api.created(key);
    provider.shut();
    api.validate(id, "1ms").statusCode(202);
    api.validate(id, "1ms").statusCode(202);
    Provider.await("the call", () -> provider.current() == 1);
    provider.open();
    api.validate(id).statusCode(200).body("verdict", equalTo("valid"));
    assertThat(provider.calls(key)).isEqualTo(1);
  }

  @Test
  void callsNoMoreThanItMayAtATime() {
    List<String> keys =
        Collections.nCopies(3 * config.perHost(), "").stream().map(_ -> ProbeApi.newKey()).toList();
    keys.forEach(it -> provider.says(it, Says.YES));
    List<String> ids = keys.stream().map(api::created).toList();
    provider.shut();
    ids.forEach(id -> api.validate(id, "1ms").statusCode(202));
    Provider.await("the calls", () -> provider.current() == config.perHost());
    provider.open();
    ids.forEach(id -> Provider.await("the verdict", () -> is(id, true)));
    assertThat(provider.most()).isEqualTo(config.perHost());
  }

  @Test
  void recordsEachCheckBeforeItOpensTheValue() {
    String id = api.created(key);
    api.validate(id).statusCode(200);
    admin
        .request()
        .get("/api/v1/credentials/" + id + "/activity?action=credential.probe")
        .then()
        .body("items.outcome", contains("done"));
  }

  @Test
  void tellsThatAValueDoesNotOpen() {
    provider.says(key, Says.YES);
    String id = api.created(key);
    database
        .query(
            "update credential set sealed = overlay(sealed placing '\\x00'::bytea from 100) where id = '"
                + id
                + "'")
        .executeAndAwait();
    api.validate(id)
        .statusCode(200)
        .body("verdict", equalTo("unknown"))
        .body("reason", equalTo("undecryptable"));
    assertThat(provider.calls(key)).isZero();
    api.read(id).body("is_valid", nullValue());
  }

  @Test
  void saysNothingOfATypeWithoutAProbe() {
    String id =
        admin
            .create(
                Map.of(
                    "name", "it", "type", "secret", "fields", Map.of("secret_value", "0123456789")))
            .statusCode(201)
            .extract()
            .path("id");
    api.validate(id).statusCode(200).body("verdict", equalTo("not_probed"));
    api.history(id).body("items", hasSize(0));
  }

  @Test
  void takesOutWhatTheProviderEchoes() {
    provider.says(
        key, new Says(200, "key." + key, Map.of("X-Account", "you sent " + key.substring(4, 20))));
    String id = api.created(key);
    String answer = api.validate(id).statusCode(200).extract().asString();
    assertThat(answer).doesNotContain(key.substring(10, 20)).contains("\"code\":null");
    assertThat(api.history(id).extract().asString()).doesNotContain(key.substring(10, 20));
  }

  @Test
  void warnsOfAnEndThatIsNear() {
    Instant end = Instant.now().plus(3, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
    provider.says(key, new Says(200, "ok", Map.of("X-Ends", end.toString())));
    String id = api.created(key);
    api.validate(id).body("warnings", hasItem("near_expiry")).body("expires_at", notNullValue());
    api.read(id)
        .body("validation.warnings", hasItem("near_expiry"))
        .body("validation.expires_at", equalTo(end.toString()));
  }

  @Test
  void needsSeveralWeakRefusals() {
    provider.says(key, Says.YES);
    String id = api.created(key);
    api.validate(id).body("is_valid", equalTo(true));
    for (int i = 1; i <= config.agreeing(); i++) {
      String other = ProbeApi.newKey();
      provider.says(other, Says.MAYBE_NOT);
      keepVerdict(id, other);
      api.validate(id)
          .body("verdict", equalTo("invalid"))
          .body("is_valid", equalTo(i < config.agreeing()));
    }
  }

  @Test
  void looksAgainAfterAReport() {
    provider.says(key, Says.YES);
    String id = api.created(key);
    api.report(id).statusCode(202).header("Location", containsString("/validations"));
    Provider.await("the check", () -> is(id, true));
    api.history(id).body("items.cause", contains("report"));
  }

  @Test
  void refusesCallersWithoutTheRole() {
    String id = api.created(key);
    ProbeApi reader = new ProbeApi(Api.as("reader", organization, "read"), provider);
    reader.validate(id).statusCode(403).body("missing_role", hasItem("use"));
    reader.report(id).statusCode(403).body("missing_role", hasItem("use"));
    reader.history(id).statusCode(200);
    ProbeApi stranger = new ProbeApi(Api.as("x", Api.newOrganization(), "admin"), provider);
    stranger.validate(id).statusCode(404);
    stranger.report(id).statusCode(404);
    stranger.history(id).statusCode(404);
    assertThat(provider.calls(key)).isZero();
  }

  @Test
  void refusesSpansThatAreNone() {
    String id = api.created(key);
    for (String wait : List.of("0", "26s", "-1s", "soon")) {
      api.validate(id, wait).statusCode(400).body("type", not(nullValue()));
    }
  }

  @Test
  void keepsOneVerdictOfSeveralThatComeAtOnce() {
    provider.says(key, Says.YES);
    String id = api.created(key);
    List<Integer> answers =
        Parallel.together(
            Collections.nCopies(8, id), it -> api.validate(it).extract().statusCode());
    assertThat(answers).containsOnly(200);
    api.history(id).body("items", hasSize(1));
    assertThat(provider.calls(key)).isEqualTo(1);
  }

  private boolean is(String id, boolean valid) {
    return Boolean.valueOf(valid).equals(api.read(id).extract().path("is_valid"));
  }

  /** Puts another value in the place of one, and leaves what was found out about that. */
  private void keepVerdict(String id, String other) {
    admin.patch(id, Map.of("fields", Map.of("api_key", other))).statusCode(200);
    database
        .query("update credential set is_valid = true where id = '" + id + "'")
        .executeAndAwait();
    database
        .query(
            "update validation set version = (select version from credential where id = '"
                + id
                + "') where credential = '"
                + id
                + "'")
        .executeAndAwait();
  }
}
