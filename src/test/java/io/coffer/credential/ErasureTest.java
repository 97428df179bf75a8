package io.coffer.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was replaced or purged is gone from the database, in every table. */
@QuarkusTest
class ErasureTest {

  private static final String KEY = "sk-proj-0123456789abcdefghijWXYZ";
  private static final int SALT_AT = 17;
  private static final int SALT_END = 49;

  @Inject Pool pool;

  private Api admin;

  @BeforeEach
  void callers() {
    admin = Api.as("alice", Api.newOrganization(), "admin");
  }

  @Test
  void keepsNothingOfAReplacedValue() {
    String id = admin.created("replaced", KEY);
    String salt = salt(id);
    assertThat(tablesThatHold(salt)).containsExactly("credential");
    admin
        .patch(id, Map.of("fields", Map.of("api_key", "sk-another-key-0123456789")))
        .statusCode(200);
    assertThat(tablesThatHold(salt)).isEmpty();
    assertThat(salt(id)).isNotEqualTo(salt);
  }

  @Test
  void sealsAnewWhenAPlainFieldChanges() {
    String id = admin.created("moved", KEY);
    String salt = salt(id);
    admin
        .patch(id, Map.of("fields", Map.of("base_url", "https://proxy.example.org/v1")))
        .statusCode(200)
        .body("version", is(2));
    assertThat(tablesThatHold(salt)).isEmpty();
    admin.use(id).body("fields.api_key", is(KEY));
  }

  @Test
  void erasesAPurgedValueItsSaltAndItsFields() {
    String id = admin.created("purged", KEY);
    String salt = salt(id);
    admin.purge(id).statusCode(204);
    assertThat(tablesThatHold(salt)).isEmpty();
    Row row = row(id);
    assertThat(row.getBuffer("sealed")).isNull();
    assertThat(row.getUUID("data_key")).isNull();
    assertThat(row.getString("masked_content")).isEmpty();
    assertThat(row.getString("plain")).isEqualTo("{}");
    assertThat(row.getString("secret_ids")).isEqualTo("{}");
    assertThat(row.getOffsetDateTime("purged_at")).isNotNull();
  }

  private String salt(String id) {
    byte[] sealed = row(id).getBuffer("sealed").getBytes();
    return HexFormat.of().formatHex(Arrays.copyOfRange(sealed, SALT_AT, SALT_END));
  }

  private Row row(String id) {
    return pool.preparedQuery(
            "select sealed, data_key, masked_content, plain::text, secret_ids::text, purged_at"
                + " from credential where id = $1")
        .executeAndAwait(Tuple.of(UUID.fromString(id)))
        .iterator()
        .next();
  }

  private List<String> tablesThatHold(String hex) {
    return texts(
            "select quote_ident(table_name) from information_schema.tables"
                + " where table_schema = current_schema() and table_type = 'BASE TABLE'")
        .stream()
        .filter(table -> holds(table, hex))
        .toList();
  }

  private boolean holds(String table, String hex) {
    String search = "select 1::text from " + table + " t where t::text like '%" + hex + "%'";
    return !texts(search).isEmpty();
  }

  private List<String> texts(String sql) {
    Iterable<Row> rows = pool.query(sql).executeAndAwait();
    return StreamSupport.stream(rows.spliterator(), false).map(row -> row.getString(0)).toList();
  }
}
