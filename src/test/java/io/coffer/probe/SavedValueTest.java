package io.coffer.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.coffer.credential.Api;
import io.coffer.probe.Provider.Says;
import io.quarkus.test.junit.QuarkusTest;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Values that are tried before they are stored, and drafts that never are. */
@QuarkusTest
class SavedValueTest {

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
  void storesAValueThatWorksWithItsVerdict() {
    provider.says(key, Says.YES);
    Map<String, Object> body = api.body("it", key);
    body.put("validate", true);
    String id =
        admin
            .create(body)
            .statusCode(201)
            .body("is_valid", equalTo(true))
            .body("validation.verdict", equalTo("valid"))
            .extract()
            .path("id");
    api.history(id).body("items.cause", contains("save"));
    admin
        .request()
        .get("/api/v1/credentials/" + id + "/activity")
        .then()
        .body("items.action", containsInAnyOrder("create", "credential.probe"));
  }

  @Test
  void storesNothingOfAValueThatIsRefused() {
    Map<String, Object> body = api.body("it", key);
    body.put("validate", true);
    admin
        .create(body)
        .statusCode(422)
        .body("type", endsWith("value-refused"))
        .body("verdict", equalTo("invalid"))
        .body("reason", equalTo("bad_secret"));
    admin.list("?name=it").body("items", hasSize(0));
  }

  @Test
  void keepsTheOldValueWhenTheNewOneIsRefused() {
    provider.says(key, Says.YES);
    String id = api.created(key);
    api.validate(id).body("is_valid", equalTo(true));
    String wrong = ProbeApi.newKey();
    admin
        .patch(id, Map.of("name", "new", "fields", Map.of("api_key", wrong), "validate", true))
        .statusCode(422)
        .body("type", endsWith("value-refused"));
    api.read(id)
        .body("version", equalTo(1))
        .body("revision", equalTo(1))
        .body("is_valid", equalTo(true));
    admin.use(id).statusCode(200).body("fields.api_key", equalTo(key));
  }

  @Test
  void changesToAValueThatWorks() {
    String id = api.created(ProbeApi.newKey());
    provider.says(key, Says.YES);
    admin
        .patch(id, Map.of("fields", Map.of("api_key", key), "validate", true))
        .statusCode(200)
        .body("is_valid", equalTo(true))
        .body("version", equalTo(2));
  }

  @Test
  void storesAValueOfWhichNothingWasShown() {
    provider.says(key, Says.BROKEN);
    Map<String, Object> body = api.body("it", key);
    body.put("validate", true);
    admin
        .create(body)
        .statusCode(201)
        .body("is_valid", nullValue())
        .body("validation.reason", equalTo("provider_error"));
  }

  @Test
  void looksAtADraftAndKeepsNothing() {
    provider.says(key, Says.YES);
    Map<String, Object> draft = api.body("it", key);
    draft.remove("name");
    api.draft(draft).statusCode(200).body("verdict", equalTo("valid")).body("id", nullValue());
    admin.list("").body("items", hasSize(0));
  }

  @Test
  void takesBlankSecretsOfADraftForTheStoredOnes() {
    String id = api.created(key);
    provider.says(key, Says.YES);
    for (String blank : new String[] {"", "$encrypted$", " "}) {
      api.draft(
              Map.of("credential", id, "fields", Map.of("api_key", blank, "organization", "org-1")))
          .statusCode(200)
          .body("verdict", equalTo("valid"));
    }
    Map<String, Object> none = new HashMap<>();
    none.put("api_key", null);
    api.draft(Map.of("credential", id, "fields", none)).body("verdict", equalTo("valid"));
    api.draft(Map.of("credential", id)).body("verdict", equalTo("valid"));
    api.read(id).body("validation.verdict", equalTo("not_probed")).body("version", equalTo(1));
  }

  @Test
  void sendsNoStoredSecretAnywhereForOthersThanAdmins() {
    String id = api.created(key);
    try (Provider elsewhere = new Provider()) {
      Map<String, Object> draft =
          Map.of("credential", id, "fields", Map.of("base_url", elsewhere.url()));
      ProbeApi user = new ProbeApi(Api.as("user", organization, "use"), provider);
      user.draft(draft).statusCode(403).body("missing_role", hasItem("admin"));
      ProbeApi operator = new ProbeApi(Api.as("operator", organization, "system_admin"), provider);
      operator.draft(draft).statusCode(403).body("missing_role", hasItem("use"));
      ProbeApi stranger = new ProbeApi(Api.as("x", Api.newOrganization(), "admin"), provider);
      stranger.draft(draft).statusCode(404);
      assertThat(elsewhere.calls(key)).isZero();
      api.draft(draft).statusCode(200);
      assertThat(elsewhere.calls(key)).isEqualTo(1);
      admin
          .request()
          .get("/api/v1/credentials/" + id + "/activity?action=credential.probe&outcome=done")
          .then()
          .body("items", hasSize(1));
    }
  }

  @Test
  void tellsThatADraftIsIncomplete() {
    api.draft(Map.of("type", "openai", "fields", Map.of("base_url", provider.url())))
        .statusCode(200)
        .body("verdict", equalTo("unknown"))
        .body("reason", equalTo("incomplete"));
  }

  @Test
  void refusesDraftsThatNameNothing() {
    api.draft(Map.of("fields", Map.of())).statusCode(422);
    api.draft(Map.of("type", "no-such-type", "fields", Map.of())).statusCode(422);
    api.draft(Map.of("credential", "x")).statusCode(422);
  }
}
