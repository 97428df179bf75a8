package io.coffer.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Rows that somebody edited past the application, to values that it would never write: what was
 * sealed for them does not open, and everything else goes on.
 */
@QuarkusTest
class EditedRowsTest {

  private static final String KEY = "sk-proj-0123456789abcdefghijWXYZ";

  /** What rows of the older schema may break; a test that does puts it aside. */
  private static final Map<String, String> SHAPES =
      Map.of(
          "credential_plain_shape", "jsonb_typeof(plain) = 'object'",
          "credential_labels_shape", "jsonb_typeof(labels) = 'object'",
          "credential_secret_ids_shape",
              "case array_ndims(secret_ids) when 1 then array_position(secret_ids, null) is null"
                  + " else cardinality(secret_ids) = 0 end");

  @Inject Pool pool;

  private Api admin;
  private String edited;
  private String untouched;

  @BeforeEach
  void makeTwo() {
    admin = Api.as("alice", Api.newOrganization(), "admin");
    edited = admin.created("edited", KEY);
    untouched = admin.created("untouched", KEY + "2");
  }

  @AfterEach
  void bringConstraintsBack() {
    run("delete from credential where id in ('" + edited + "', '" + untouched + "')");
    SHAPES.forEach(
        (shape, condition) ->
            run(
                "alter table credential drop constraint if exists %1$s,".formatted(shape)
                    + " add constraint %s check (%s) not valid".formatted(shape, condition)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"base_url\": 1.5}",
        "{\"base_url\": 99999999999999999999}",
        "{\"base_url\": 1e400}",
        "{\"base_url\": null}",
        "{\"base_url\": {\"a\": {\"b\": 1}}}",
        "{\"base_url\": {\"a\": null}}",
        "{\"base_url\": [1]}",
        "{\"base_url\": [[\"a\"]]}",
        "{\"base_url\": [null]}",
        "{\"\": \"\"}",
        "[]",
        "[\"a\"]",
        "\"text\"",
        "17",
        "true",
        "null"
      })
  void refusesTheValueBesideFieldsOfNoStorableKindAndListsTheRow(String plain) {
    dropShapes();
    update("plain = '" + plain + "'");
    assertRefusedAndListed();
  }

  @Test
  void refusesTheValueOfAVersionThatNeverWas() {
    update("version = -1");
    assertRefusedAndListed();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "labels = '{\"a\": 1, \"b\": {\"c\": []}, \"d\": null, \"e\": \"text\"}'",
        "labels = '[]'",
        "labels = 'null'",
        "labels = '\"text\"'",
        "secret_ids = '{null}'",
        "secret_ids = '{}'",
        "masked_content = '', category = '', verdict = ''"
      })
  void goesOnWithRowsWhoseUnboundColumnsAreOdd(String edit) {
    dropShapes();
    update(edit);
    assertListed();
    admin.use(edited).statusCode(200).body("fields.api_key", is(KEY));
    admin.patch(edited, Map.of("labels", Map.of("new", "one"))).statusCode(200);
    admin.delete(edited).statusCode(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain = '[]'",
        "plain = 'null'",
        "labels = '\"text\"'",
        "secret_ids = '{null}'",
        "secret_ids = '{{a},{b}}'",
        "last_used_at = 'infinity'",
        "expires_at = '-infinity'"
      })
  void theDatabaseItselfRefusesRowsOfAnotherShape(String edit) {
    assertThatThrownBy(() -> update(edit))
        .isInstanceOfSatisfying(
            PgException.class, e -> assertThat(e.getConstraint()).startsWith("credential_"));
  }

  private void assertRefusedAndListed() {
    admin.use(edited).statusCode(500).body("type", is("urn:coffer:problem:undecryptable"));
    admin
        .use(Map.of("credentials", List.of(Map.of("id", edited), Map.of("id", untouched))))
        .statusCode(200)
        .body("results[0].problem.type", is("urn:coffer:problem:undecryptable"))
        .body("results[1].fields.api_key", is(KEY + "2"));
    admin
        .copy(edited, Map.of("name", "copy"))
        .statusCode(500)
        .body("type", is("urn:coffer:problem:undecryptable"));
    admin
        .patch(edited, Map.of("fields", Map.of("organization", "x")))
        .statusCode(500)
        .body("type", is("urn:coffer:problem:undecryptable"));
    assertListed();
    admin.delete(edited).statusCode(200);
    admin.purge(edited).statusCode(204);
  }

  private void assertListed() {
    admin.list("").statusCode(200).body("items.id", hasItems(edited, untouched));
    admin.read(edited).statusCode(200);
  }

  private void dropShapes() {
    SHAPES
        .keySet()
        .forEach(shape -> run("alter table credential drop constraint if exists " + shape));
  }

  private void update(String edit) {
    pool.preparedQuery("update credential set " + edit + " where id = $1")
        .execute(Tuple.of(UUID.fromString(edited)))
        .await()
        .indefinitely();
  }

  private void run(String sql) {
    pool.query(sql).executeAndAwait();
  }
}
