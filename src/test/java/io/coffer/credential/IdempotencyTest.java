package io.coffer.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.coffer.crypto.Macs;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a key for repeated creates is good for, and what is kept of the request behind it. */
@QuarkusTest
class IdempotencyTest {

  @Inject Pool pool;

  private String organization;
  private Api admin;

  @BeforeEach
  void callers() {
    organization = Api.newOrganization();
    admin = Api.as("alice", organization, "admin");
  }

  @Test
  void keepsNoDigestOfTheRequestThatCouldBeGuessed() throws NoSuchAlgorithmException {
    String id = made(create(admin, "kept", "sk-0123456789abcdefghij"));
    byte[] tag =
        pool.preparedQuery("select body_hmac from idempotency_key where credential = $1")
            .executeAndAwait(Tuple.of(UUID.fromString(id)))
            .iterator()
            .next()
            .getBuffer(0)
            .getBytes();
    byte[] body = body("kept", "sk-0123456789abcdefghij").getBytes(StandardCharsets.UTF_8);
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
    assertThat(tag).hasSize(Macs.LENGTH);
    assertThat(Arrays.copyOfRange(tag, tag.length - digest.length, tag.length))
        .isNotEqualTo(digest);
    String another = made(create(admin, "kept elsewhere", "sk-0123456789abcdefghij", "other-key"));
    assertThat(another).isNotEqualTo(id);
  }

  @Test
  void forgetsAKeyAfterADay() {
    String first = made(create(admin, "yesterday", "sk-0123456789abcdefghij"));
    pool.preparedQuery(
            "update idempotency_key set created_at = created_at - interval '1 day'"
                + " where credential = $1")
        .executeAndAwait(Tuple.of(UUID.fromString(first)));
    create(admin, "today", "sk-0123456789abcdefghij").statusCode(201).body("id", not(first));
    assertThat(
            pool.preparedQuery("select 1 from idempotency_key where credential = $1")
                .executeAndAwait(Tuple.of(UUID.fromString(first)))
                .size())
        .isZero();
  }

  @Test
  void tellsOneCallersKeyFromAnothers() {
    String mine = made(create(admin, "mine", "sk-0123456789abcdefghij"));
    Api bob = Api.as("bob", organization, "admin");
    create(bob, "his", "sk-0123456789abcdefghij").statusCode(201).body("id", not(mine));
    Api elsewhere = Api.as("alice", Api.newOrganization(), "admin");
    create(elsewhere, "there", "sk-0123456789abcdefghij").statusCode(201).body("id", not(mine));
  }

  @Test
  void makesNothingAnewInPlaceOfWhatWasDeleted() {
    String id = made(create(admin, "gone", "sk-0123456789abcdefghij"));
    admin.delete(id).statusCode(200);
    create(admin, "gone", "sk-0123456789abcdefghij")
        .statusCode(409)
        .body("type", equalTo("urn:coffer:problem:idempotent-create-deleted"))
        .body("credential", equalTo(id));
    admin.restore(id).statusCode(200);
    create(admin, "gone", "sk-0123456789abcdefghij").statusCode(201).body("id", equalTo(id));
    admin.delete(id).statusCode(200);
    admin.purge(id).statusCode(204);
    create(admin, "gone", "sk-0123456789abcdefghij")
        .statusCode(409)
        .body("type", equalTo("urn:coffer:problem:idempotent-create-purged"));
  }

  private static String made(ValidatableResponse answer) {
    return answer.statusCode(201).extract().path("id");
  }

  private static ValidatableResponse create(Api caller, String name, String value) {
    return create(caller, name, value, "the-key");
  }

  private static ValidatableResponse create(Api caller, String name, String value, String key) {
    return caller
        .request()
        .header("Idempotency-Key", key)
        .body(body(name, value))
        .post("/api/v1/credentials")
        .then();
  }

  private static String body(String name, String value) {
    return "{\"name\":\"" + name + "\",\"type\":\"openai\",\"value\":\"" + value + "\"}";
  }
}
