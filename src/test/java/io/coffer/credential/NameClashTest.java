package io.coffer.credential;

import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever asks for a name that is taken learns which credential has it, and nothing changes. */
@QuarkusTest
class NameClashTest {

  private static final String KEY = "sk-proj-0123456789abcdefghijWXYZ";

  private Api admin;

  @BeforeEach
  void callers() {
    admin = Api.as("alice", Api.newOrganization(), "admin");
  }

  @Test
  void namesTheHolderWhenARestoreWouldTakeItsOldNameBack() {
    String gone = admin.created("old", KEY);
    admin.delete(gone).statusCode(200);
    String holder = admin.created("OLD", KEY);
    clash(admin.restore(gone), holder);
    admin.read(gone).statusCode(404);
    admin.list("?deleted=true").body("items[0].id", is(gone)).body("items[0].revision", is(2));
    admin.delete(holder).statusCode(200);
    admin.restore(gone).statusCode(200).body("name", is("old"));
  }

  @Test
  void namesTheHolderOfTheNewNameThatARestoreAsksFor() {
    String gone = admin.created("old", KEY);
    admin.delete(gone).statusCode(200);
    admin.created("old", KEY);
    String holder = admin.created("new", KEY);
    clash(
        admin
            .request()
            .body(Map.of("name", "new"))
            .post("/api/v1/credentials/" + gone + "/restore")
            .then(),
        holder);
  }

  @Test
  void namesTheHolderWhenARenameWouldTakeItsName() {
    String id = admin.created("one", KEY);
    String holder = admin.created("two", KEY);
    clash(admin.patch(id, Map.of("name", "Two")), holder);
    admin.read(id).body("name", is("one")).body("revision", is(1));
  }

  @Test
  void namesTheHolderWhenACopyWouldTakeItsName() {
    String id = admin.created("one", KEY);
    String holder = admin.created("two", KEY);
    clash(admin.copy(id, Map.of("name", "two")), holder);
  }

  @Test
  void tellsAPersonalNameFromTheOrganizationsAndAnotherTypes() {
    String owned = admin.created("same", KEY);
    String personal = personal("same").statusCode(201).extract().path("id");
    admin.create(Map.of("name", "same", "type", "anthropic", "value", KEY)).statusCode(201);
    clash(personal("same"), personal);
    clash(admin.create(Map.of("name", "same", "type", "openai", "value", KEY)), owned);
  }

  @Test
  void doesNotNameAHolderThatTheCallerMayNotSee() {
    String organization = Api.newOrganization();
    String hidden = Api.as("alice", organization, "admin").created("hidden", KEY);
    Api creator = Api.as("carol", organization, "creator");
    creator.read(hidden).statusCode(404);
    Map<String, String> name = Map.of("name", "hidden");
    clashUnseen(creator.create(Map.of("name", "hidden", "type", "openai", "value", KEY)));
    String own = creator.created("own", KEY);
    clashUnseen(creator.patch(own, name));
    clashUnseen(creator.copy(own, name));
    creator.delete(own).statusCode(200);
    clashUnseen(
        creator.request().body(name).post("/api/v1/credentials/" + own + "/restore").then());
  }

  private static void clashUnseen(ValidatableResponse answer) {
    answer
        .statusCode(409)
        .body("type", is("urn:coffer:problem:name-taken"))
        .body("$", not(hasKey("credential")));
  }

  private static void clash(ValidatableResponse answer, String holder) {
    answer
        .statusCode(409)
        .body("type", is("urn:coffer:problem:name-taken"))
        .body("credential", is(holder))
        .body("request_id", notNullValue());
  }

  private ValidatableResponse personal(String name) {
    Map<String, Object> body = new HashMap<>();
    body.put("name", name);
    body.put("type", "openai");
    body.put("organization", null);
    body.put("value", KEY);
    return admin.create(body);
  }
}
