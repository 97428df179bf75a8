package io.coffer.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.access.Endpoints.Endpoint;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * How many statements each endpoint sends, with many rows to work on: a query per row anywhere
 * would be far more.
 */
@QuarkusTest
class EndpointStatementsTest {

  private static final int ROWS = 25;

  /** What works in the background may fall among the statements of a request, but not each time. */
  private static final int ATTEMPTS = 4;

  /** Of every statement but the background's and those that begin and end transactions. */
  private static final String COUNT =
      """
      select coalesce(sum(calls), 0)::bigint from pg_stat_statements s
      join pg_database d on d.oid = s.dbid and d.datname = current_database()
      where query !~* '^\\s*(begin|commit|rollback|set|show|create)'
        and query !~* 'pg_stat_statements|set last_used_at|from activity_outbox|flyway'
        and query !~* 'insert into activity \\(|activity_checkpoint|data_key|clock_timestamp'
        and query !~* 'from job|update job'""";

  /** Not counted, with the reason. */
  private static final Map<String, String> OTHERS =
      Map.of(
          "POST /credentials/{id}/discover-schema", "asks another database",
          "GET /activity/verify", "reads the whole record, piece by piece",
          "GET /activity/export", "reads the whole record, piece by piece",
          "POST /admin/keys/rewrap", "orders a job, which works in the background",
          "GET /admin/keys/rewrap/{id}", "asks of such a job",
          "POST /validations", "orders a job, which works in the background",
          "GET /validations/{id}", "asks of such a job",
          "GET /validations/{id}/outcomes", "asks of such a job",
          "GET /validations/{id}/events", "asks of such a job, again and again",
          "DELETE /validations/{id}", "ends such a job");

  @Inject Pool database;

  private @Nullable Endpoints endpoints;

  @BeforeEach
  void makeRows() {
    database.query("create extension if not exists pg_stat_statements").executeAndAwait();
    endpoints = new Endpoints(Someone.newOrganization(), ROWS);
    snapshot(endpoints.first());
    snapshot(endpoints.first());
  }

  /** What a discovery would have left. */
  private void snapshot(UUID credential) {
    UUID id = UUID.randomUUID();
    database
        .preparedQuery(
            "with s as (insert into schema_snapshot (id, credential, version, dialect, included,"
                + " excluded, truncated, table_count, column_count, fault_schemas, fault_codes,"
                + " taken_at) values ($1, $2, 1, 'postgresql', '{}', '{}', false, $3, 0, '{}', '{}',"
                + " now()) returning id), c as (update credential set has_schema = true where id = $2)"
                + " insert into schema_table (snapshot, position, schema, name, kind, content, names)"
                + " select s.id, g, 'public', 'c' || g, 'table', $4, 'c' || g"
                + " from s, generate_series(0, $3::integer - 1) g")
        .executeAndAwait(
            Tuple.of(
                id,
                credential,
                ROWS,
                new JsonObject("{\"columns\": [], \"primary_key\": [], \"foreign_keys\": []}")));
  }

  @Test
  void sendFewStatements() {
    SoftAssertions checks = new SoftAssertions();
    for (Endpoint endpoint : all()) {
      checks.assertThat(fewest(endpoint)).as(endpoint.name()).isLessThanOrEqualTo(endpoint.most());
    }
    checks.assertAll();
  }

  @Test
  void areAllCounted() {
    Set<String> counted =
        all().stream()
            .map(it -> it.name().replaceAll(" \\(.*", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    counted.addAll(OTHERS.keySet());
    assertThat(counted).isEqualTo(described());
  }

  private List<Endpoint> all() {
    return Objects.requireNonNull(endpoints).all();
  }

  private long fewest(Endpoint endpoint) {
    long fewest = Long.MAX_VALUE;
    for (int i = 0; i < ATTEMPTS && fewest > endpoint.most(); i++) {
      Runnable request = endpoint.prepare().get();
      long before = count();
      request.run();
      fewest = Math.min(fewest, count() - before);
    }
    return fewest;
  }

  private long count() {
    return database.query(COUNT).executeAndAwait().iterator().next().getLong(0);
  }

  private static Set<String> described() {
    JsonPath document = given().get("/q/openapi?format=json").jsonPath();
    Map<String, Map<String, Object>> paths = document.getMap("paths");
    return paths.entrySet().stream()
        .filter(path -> path.getKey().startsWith(Someone.API))
        .flatMap(
            path ->
                path.getValue().keySet().stream()
                    .filter(method -> method.matches("get|post|put|patch|delete"))
                    .map(method -> method.toUpperCase(Locale.ROOT))
                    .map(method -> method + ' ' + path.getKey().substring(Someone.API.length())))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
