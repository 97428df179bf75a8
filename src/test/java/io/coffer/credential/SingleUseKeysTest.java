package io.coffer.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With one data key per value, what erases a value erases its key. */
@QuarkusTest
@TestProfile(SingleUseKeysTest.Strict.class)
class SingleUseKeysTest {

  private static final String KEY = "sk-proj-0123456789abcdefghijWXYZ";

  /** One key per value, few made ahead. */
  public static final class Strict implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("coffer.keys.reuse", "none", "coffer.keys.stock", "2");
    }
  }

  @Inject Pool pool;

  private Api admin;

  @BeforeEach
  void organization() {
    admin = Api.as("alice", Api.newOrganization(), "admin");
  }

  @Test
  void destroysTheDataKeyOfAPurgedCredential() {
    String id = admin.created("purged", KEY);
    UUID key = dataKeyOf(id);
    assertThat(state(key)).isEqualTo("active");
    admin.use(id).statusCode(200).body("fields.api_key", is(KEY));
    admin.delete(id).statusCode(200);
    assertThat(state(key)).isEqualTo("active");
    admin.purge(id).statusCode(204);
    assertThat(state(key)).isEqualTo("destroyed");
    assertThat(count("id = $1 and wrapped is null", key)).isOne();
  }

  @Test
  void opensNoOldCopyOfARowOnceItWasPurged() {
    String id = admin.created("copied back", KEY);
    Row before =
        one("select sealed, data_key, plain from credential where id = $1", UUID.fromString(id));
    admin.purge(id).statusCode(204);
    var unused =
        pool.preparedQuery(
                "update credential set sealed = $2, data_key = $3, plain = $4, purged_at = null,"
                    + " deleted_at = null where id = $1")
            .execute(
                Tuple.of(
                    UUID.fromString(id),
                    before.getDelegate().getBuffer(0),
                    before.getUUID(1),
                    before.getValue(2)))
            .await()
            .indefinitely();
    admin.use(id).statusCode(500).body("type", is("urn:coffer:problem:undecryptable"));
    admin.list("").statusCode(200).body("items.size()", is(1));
  }

  @Test
  void destroysTheDataKeyOfAReplacedValue() {
    String id = admin.created("replaced", KEY);
    UUID first = dataKeyOf(id);
    admin.patch(id, Map.of("fields", Map.of("api_key", KEY + "2"))).statusCode(200);
    assertThat(dataKeyOf(id)).isNotEqualTo(first);
    assertThat(state(first)).isEqualTo("destroyed");
    admin.use(id).statusCode(200).body("fields.api_key", is(KEY + "2"));
  }

  @Test
  void keepsNoDataKeyForAValueWhoseNameWasTaken() {
    admin.created("taken", KEY);
    UUID organization =
        one("select organization from credential where name = 'taken'"
                + " and data_key is not null order by created_at desc limit 1")
            .getUUID(0);
    for (int i = 0; i < 3; i++) {
      admin.create(Map.of("name", "taken", "type", "openai", "value", KEY + i)).statusCode(409);
    }
    assertThat(
            count(
                "organization = $1 and values_reserved = 1 and state = 'active'"
                    + " and id not in (select data_key from credential where data_key is not null)",
                organization))
        .isZero();
  }

  private UUID dataKeyOf(String id) {
    return one("select data_key from credential where id = $1", UUID.fromString(id)).getUUID(0);
  }

  private String state(UUID key) {
    return one("select state from data_key where id = $1", key).getString(0);
  }

  private long count(String condition, UUID id) {
    return one("select count(*) from data_key where " + condition, id).getLong(0);
  }

  private Row one(String sql, UUID... parameters) {
    return pool.preparedQuery(sql)
        .execute(Tuple.tuple(java.util.List.of((Object[]) parameters)))
        .await()
        .indefinitely()
        .iterator()
        .next();
  }
}
