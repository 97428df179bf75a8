package io.coffer.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.coffer.credential.Api;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Schemas of a real PostgreSQL through the API. */
@QuarkusTest
class SchemaApiTest {

  private static final String CREDENTIALS = "/api/v1/credentials/";
  private static EmbeddedPostgres postgres;

  private final String organization = Api.newOrganization();
  private final Api admin = Api.as("admin", organization, "admin");
  private String database;

  @BeforeAll
  static void start() throws IOException {
    postgres = EmbeddedPostgres.builder().start();
  }

  @AfterAll
  static void stop() throws IOException {
    postgres.close();
  }

  @BeforeEach
  void freshDatabase() throws SQLException {
    database = "d" + System.nanoTime();
    run("postgres", "create database " + database);
    run(
        database,
        "create table customer (id bigint primary key, name text not null)",
        "create table orders (id bigint primary key, customer bigint references customer (id))",
        "comment on table orders is 'What was sold.'");
  }

  @Test
  void showsWhatWasDiscovered() {
    String id = created(database);
    admin.read(id).body("has_schema", equalTo(false)).body("schema_updated_at", nullValue());
    admin.request().get(CREDENTIALS + id + "/schema").then().statusCode(404);
    discover(id)
        .statusCode(200)
        .body("schema_type", equalTo("postgresql"))
        .body("table_count", equalTo(2))
        .body("column_count", equalTo(4))
        .body("truncated", equalTo(false))
        .body("faults", empty());
    admin
        .read(id)
        .body("has_schema", equalTo(true))
        .body("schema_updated_at", notNullValue())
        .body("revision", equalTo(1));
    admin
        .request()
        .get(CREDENTIALS + id + "/schema")
        .then()
        .statusCode(200)
        .body("tables.name", contains("customer", "orders"))
        .body("tables[1].schema", equalTo("public"))
        .body("tables[1].description", equalTo("What was sold."))
        .body("tables[1].primary_key", contains("id"))
        .body("tables[1].foreign_keys[0].references.name", equalTo("customer"))
        .body("tables[0].columns[1].name", equalTo("name"))
        .body("tables[0].columns[1].data_type", equalTo("text"))
        .body("tables[0].columns[1].nullable", equalTo(false))
        .body("next_cursor", nullValue());
  }

  @Test
  void writesAShortFormForLanguageModels() {
    String id = created(database);
    discover(id).statusCode(200);
    String text =
        admin
            .request()
            .accept("text/markdown")
            .get(CREDENTIALS + id + "/schema")
            .then()
            .statusCode(200)
            .contentType("text/markdown")
            .extract()
            .asString();
    assertThat(text).contains("## `public.orders`", "- `customer` bigint -> `public.customer.id`");
  }

  @Test
  void pagesThroughOneSnapshotWhateverIsDiscoveredMeanwhile() {
    String id = created(database);
    discover(id).statusCode(200);
    String cursor =
        admin
            .request()
            .get(CREDENTIALS + id + "/schema?page_size=1")
            .then()
            .body("tables.name", contains("customer"))
            .extract()
            .path("next_cursor");
    discover(id, Map.of("include", List.of("nothing"))).body("table_count", equalTo(0));
    admin
        .request()
        .get(CREDENTIALS + id + "/schema?page_size=1&cursor=" + cursor)
        .then()
        .body("tables.name", contains("orders"))
        .body("next_cursor", nullValue());
  }

  @Test
  void tellsWhatChangedBetweenTwoDiscoveries() throws SQLException {
    String id = created(database);
    discover(id).statusCode(200);
    admin.request().get(CREDENTIALS + id + "/schema/diff").then().statusCode(404);
    run(
        database,
        "alter table customer add email text",
        "drop table orders",
        "create table bills ()");
    discover(id).statusCode(200);
    admin
        .request()
        .get(CREDENTIALS + id + "/schema/diff")
        .then()
        .statusCode(200)
        .body("added.name", contains("bills"))
        .body("removed.name", contains("orders"))
        .body("changed[0].table.name", equalTo("customer"))
        .body("changed[0].added.name", contains("email"));
    List<String> snapshots =
        admin
            .request()
            .get(CREDENTIALS + id + "/schema/snapshots")
            .then()
            .extract()
            .path("items.snapshot");
    assertThat(snapshots).hasSize(2);
    admin
        .request()
        .get(
            CREDENTIALS
                + id
                + "/schema/diff?from="
                + snapshots.getFirst()
                + "&to="
                + snapshots.getLast())
        .then()
        .body("added.name", contains("orders"))
        .body("removed.name", contains("bills"));
  }

  @Test
  void takesInAndLeavesOutWhatWasAskedFor() {
    String id = created(database);
    discover(id, Map.of("include", List.of("public"), "exclude", List.of("*.cust*")))
        .body("table_count", equalTo(1))
        .body("include", contains("public"));
  }

  @Test
  void findsTablesOverAllSchemasThatTheCallerMayRead() {
    String id = created(database);
    discover(id).statusCode(200);
    search(admin, "CUSTOM").body("items.table.name", contains("customer", "orders"));
    search(admin, "orders")
        .body("items", hasSize(1))
        .body("items[0].credential", equalTo(id))
        .body("items[0].table.name", equalTo("orders"));
    search(admin, "%").body("items", empty());
    search(Api.as("stranger", Api.newOrganization(), "admin"), "orders").body("items", empty());
    search(Api.as("nobody", organization), "orders").body("items", empty());
    search(Api.as("reader", organization, "read"), "orders").body("items", hasSize(1));
    admin
        .request()
        .get("/api/v1/schemas")
        .then()
        .statusCode(400)
        .body("errors[0].field", equalTo("search"));
  }

  @Test
  void letsUsersDiscoverAndReadersRead() {
    String id = created(database);
    Api user = Api.as("user", organization, "use");
    Api reader = Api.as("reader", organization, "read");
    reader
        .request()
        .post(CREDENTIALS + id + "/discover-schema")
        .then()
        .statusCode(403)
        .body("missing_role", hasItem("use"));
    user.request().post(CREDENTIALS + id + "/discover-schema").then().statusCode(200);
    reader.request().get(CREDENTIALS + id + "/schema").then().statusCode(200);
    Api stranger = Api.as("stranger", Api.newOrganization(), "admin");
    for (String path : List.of("schema", "schema/diff", "schema/snapshots")) {
      stranger.request().get(CREDENTIALS + id + '/' + path).then().statusCode(404);
    }
    stranger.request().post(CREDENTIALS + id + "/discover-schema").then().statusCode(404);
  }

  @Test
  void recordsThatTheValueWasOpened() {
    String id = created(database);
    discover(id).statusCode(200);
    admin
        .request()
        .get(CREDENTIALS + id + "/activity?action=" + SchemaService.ACTION)
        .then()
        .body("items", hasSize(1))
        .body("items[0].outcome", equalTo("done"));
  }

  @Test
  void saysWhyADatabaseCannotBeRead() {
    discover(created("missing" + database))
        .statusCode(422)
        .body("type", equalTo("urn:coffer:problem:discovery-failed"))
        .body("verdict", equalTo("valid"))
        .body("reason", equalTo("database_missing"));
  }

  @Test
  void saysWhenThereIsNoDatabase() {
    String id =
        admin
            .create(Map.of("name", "key " + UUID.randomUUID(), "type", "openai", "value", "sk-x"))
            .statusCode(201)
            .extract()
            .path("id");
    discover(id).statusCode(422).body("type", equalTo("urn:coffer:problem:no-schema"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"page_size=0", "page_size=x", "cursor=x", "cursor=AAAA", "snapshot=x"})
  void namesTheParameterThatIsWrong(String query) {
    admin
        .request()
        .get(CREDENTIALS + created(database) + "/schema?" + query)
        .then()
        .statusCode(400)
        .body("errors[0].field", equalTo(query.substring(0, query.indexOf('='))));
  }

  @Test
  void refusesBodiesThatAreWrong() {
    String id = created(database);
    discover(id, Map.of("inclde", List.of("x")))
        .statusCode(422)
        .body("errors[0].field", equalTo("inclde"));
    discover(id, Map.of("include", "public"))
        .statusCode(422)
        .body("errors[0].field", equalTo("include"));
  }

  @Test
  void keepsTheLastTen() {
    String id = created(database);
    for (int i = 0; i < 11; i++) {
      discover(id).statusCode(200);
    }
    admin.request().get(CREDENTIALS + id + "/schema/snapshots").then().body("items", hasSize(10));
  }

  private String created(String in) {
    Map<String, Object> fields =
        Map.of(
            "host",
            "127.0.0.1",
            "port",
            postgres.getPort(),
            "database",
            in,
            "user",
            "postgres",
            "password",
            "hunter2-" + in,
            "tls_mode",
            "disable");
    return admin
        .create(Map.of("name", "db " + UUID.randomUUID(), "type", "postgresql", "fields", fields))
        .statusCode(201)
        .extract()
        .path("id");
  }

  private ValidatableResponse discover(String id) {
    return admin
        .request()
        .post(CREDENTIALS + id + "/discover-schema")
        .then()
        .log()
        .ifError()
        .body(not(containsString("hunter2")));
  }

  private ValidatableResponse discover(String id, Map<String, ?> body) {
    return admin.request().body(body).post(CREDENTIALS + id + "/discover-schema").then();
  }

  private static ValidatableResponse search(Api as, String text) {
    return as.request().queryParam("search", text).get("/api/v1/schemas").then().statusCode(200);
  }

  private static void run(String in, String... statements) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                postgres.getJdbcUrl("postgres", in), "postgres", "postgres");
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
