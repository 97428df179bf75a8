package io.coffer.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.coffer.credential.Sharing.Person;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Personal credentials that go to an organization, and copies into another one. */
@QuarkusTest
class CredentialMoveTest {

  @Inject Pool database;

  private Sharing sharing;
  private Person owner;
  private Person friend;
  private String id = "";

  @BeforeEach
  void makeCredential() {
    sharing = new Sharing(database);
    owner = sharing.person("owner", "here", "creator");
    friend = sharing.person("friend", "here");
    id = owner.creates("own", true);
  }

  @Test
  void movesToTheOrganizationThatItBelongsTo() {
    owner.grants(id, friend, "use");
    byte[] before = sealed();
    owner
        .posts("/" + id + "/move", Map.of())
        .statusCode(200)
        .body("owner", nullValue())
        .body("version", equalTo(2))
        .body("revision", equalTo(2))
        .body("is_default", equalTo(false))
        .body("capabilities", contains("read", "use", "admin"));
    assertThat(sealed()).isNotEqualTo(before);
    assertThat(owner.uses(id)).isEqualTo(200);
    assertThat(friend.uses(id)).as("grants stay in the same tenant").isEqualTo(200);
    Person admin = sharing.person("admin", "here", "use");
    admin
        .request()
        .post("/api/v1/credentials/" + id + "/use")
        .then()
        .statusCode(200)
        .body("fields.api_key", equalTo(Sharing.KEY));
  }

  @Test
  void movesToAnotherOrganizationWithoutTheGrants() {
    UUID there = sharing.organization("there");
    sharing.member(owner.id(), "there", "creator");
    owner.grants(id, friend, "use");
    owner
        .posts("/" + id + "/move", Map.of("organization", sharing.slug("there")))
        .statusCode(200)
        .body("organization", equalTo(there.toString()));
    assertThat(owner.reads(id)).isEqualTo(404);
    assertThat(friend.uses(id)).isEqualTo(404);
    assertThat(sharing.person("reader", "there", "use").uses(id)).isEqualTo(200);
    assertThat(
            sharing.count(
                "select count(*) from access_grant where resource = $1", UUID.fromString(id)))
        .isZero();
    assertThat(
            sharing.id(
                "select k.organization from credential c join data_key k on k.id = c.data_key"
                    + " where c.id = $1",
                UUID.fromString(id)))
        .isEqualTo(there);
  }

  @Test
  void needsARoleThatMayCreateInTheTarget() {
    Person plain = sharing.person("plain", "here");
    String own = plain.creates("plain's", true);
    plain
        .posts("/" + own + "/move", Map.of())
        .statusCode(403)
        .body("missing_role", containsInAnyOrder("admin", "creator", "system_admin"));
    sharing.organization("there");
    plain.posts("/" + own + "/move", Map.of("organization", sharing.slug("there"))).statusCode(404);
    sharing.member(plain.id(), "there", "use");
    plain.posts("/" + own + "/move", Map.of("organization", sharing.slug("there"))).statusCode(403);
    assertThat(plain.uses(own)).isEqualTo(200);
  }

  @Test
  void movesWhatTheCallerOwnsAlone() {
    String shared = owner.creates("shared", false);
    owner.posts("/" + shared + "/move", Map.of()).statusCode(409);
    Person other = sharing.person("other", "here", "creator");
    other.posts("/" + id + "/move", Map.of()).statusCode(404);
    owner.grants(id, other, "admin");
    other
        .posts("/" + id + "/move", Map.of())
        .statusCode(403)
        .body("missing_role", contains("owner"));
    owner.posts("/" + id + "/move", Map.of("to", "here")).statusCode(422);
  }

  @Test
  void namesWhatHasTheNameInTheTarget() {
    String taken = owner.creates("own", false);
    owner
        .posts("/" + id + "/move", Map.of())
        .statusCode(409)
        .body("type", equalTo("urn:coffer:problem:name-taken"))
        .body("credential", equalTo(taken));
    assertThat(owner.uses(id)).as("nothing was changed").isEqualTo(200);
  }

  @Test
  void copiesIntoAnotherOrganizationInWhichTheCallerMayCreate() {
    String slug = sharing.slug("there");
    UUID there = sharing.organization("there");
    owner.posts("/" + id + "/copy", Map.of("organization", slug)).statusCode(404);
    sharing.member(owner.id(), "there", "read");
    owner.posts("/" + id + "/copy", Map.of("organization", slug)).statusCode(403);
    sharing.member(owner.id(), "there", "admin");
    String copy =
        owner
            .posts("/" + id + "/copy", Map.of("organization", slug))
            .statusCode(201)
            .body("organization", equalTo(there.toString()))
            .body("capabilities", contains("read", "use", "admin"))
            .extract()
            .path("id");
    assertThat(sharing.person("user", "there", "use").uses(copy)).isEqualTo(200);
    assertThat(owner.uses(id)).isEqualTo(200);
  }

  private byte[] sealed() {
    return database
        .preparedQuery("select sealed from credential where id = $1")
        .execute(Tuple.of(UUID.fromString(id)))
        .await()
        .indefinitely()
        .iterator()
        .next()
        .getBuffer(0)
        .getBytes();
  }
}
