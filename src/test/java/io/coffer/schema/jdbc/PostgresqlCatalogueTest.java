package io.coffer.schema.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.schema.Column;
import io.coffer.schema.Discovered;
import io.coffer.schema.ForeignKey;
import io.coffer.schema.Limits;
import io.coffer.schema.Selection;
import io.coffer.schema.Table;
import io.coffer.schema.TableKind;
import io.coffer.schema.TableName;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What is read of a real PostgreSQL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresqlCatalogueTest {

  private static final Limits LIMITS = new Limits(5_000, 2_000, 100_000);

  private EmbeddedPostgres postgres;
  private String database;

  @BeforeAll
  void start() throws IOException {
    postgres = EmbeddedPostgres.builder().start();
  }

  @AfterAll
  void stop() throws IOException {
    postgres.close();
  }

  @BeforeEach
  void freshDatabase() throws SQLException {
    database = "d" + System.nanoTime();
    run("postgres", "create database " + database);
  }

  @Test
  void readsTablesColumnsAndKeys() throws SQLException {
    run(
        database,
        "create schema shop",
        "create table shop.customer (id bigint generated always as identity primary key,"
            + " name varchar(40) not null, born date)",
        "comment on table shop.customer is 'Who buys.'",
        "comment on column shop.customer.name is 'As on the bill.'",
        "create table shop.\"Order\" (customer bigint references shop.customer (id),"
            + " number integer, state text default 'new', twice int generated always as (number * 2) stored,"
            + " primary key (customer, number))",
        "create view shop.names as select name from shop.customer",
        "insert into shop.customer (name) select 'n' || g from generate_series(1, 500) g",
        "analyze");
    Discovered found = discover(Selection.ALL);
    assertThat(found.truncated()).isFalse();
    assertThat(found.faults()).isEmpty();
    assertThat(found.tables())
        .extracting(table -> table.name().dotted())
        .containsExactly("shop.Order", "shop.customer", "shop.names");
    Table order = found.tables().getFirst();
    TableName customer = new TableName(null, "shop", "customer");
    assertThat(order.primaryKey()).containsExactly("customer", "number");
    assertThat(order.foreignKeys())
        .containsExactly(new ForeignKey(List.of("customer"), customer, List.of("id")));
    assertThat(order.columns())
        .containsExactly(
            new Column("customer", "bigint", false, null, null),
            new Column("number", "integer", false, null, null),
            new Column("state", "text", true, "'new'::text", null),
            new Column("twice", "integer", true, "generated: (number * 2)", null));
    assertThat(found.tables().get(1).rowEstimate()).isEqualTo(500);
    assertThat(found.tables().get(1).description()).isEqualTo("Who buys.");
    assertThat(found.tables().get(1).columns())
        .containsExactly(
            new Column("id", "bigint", false, "generated as identity", null),
            new Column("name", "character varying(40)", false, null, "As on the bill."),
            new Column("born", "date", true, null, null));
    assertThat(found.tables().get(2).kind()).isEqualTo(TableKind.VIEW);
  }

  @Test
  void showsATableOnceThatHasPartitions() throws SQLException {
    run(
        database,
        "create table part (at date) partition by range (at)",
        "create table part_2026 partition of part for values from ('2026-01-01') to ('2027-01-01')");
    assertThat(discover(Selection.ALL).tables())
        .extracting(table -> table.name().name())
        .containsExactly("part");
  }

  @Test
  void readsOnlyWhatTheLoginMayRead() throws SQLException {
    run(
        database,
        "create schema closed",
        "create table closed.hidden (id int)",
        "create table open_one (id int, secret text)",
        "create table shut (id int)",
        "create role reader" + database + " login password 'hunter2'",
        "grant select (id) on open_one to reader" + database);
    Discovered found = discover("reader" + database, "hunter2", Selection.ALL, LIMITS);
    assertThat(found.tables()).extracting(table -> table.name().name()).containsExactly("open_one");
    assertThat(found.faults()).containsExactly(new Discovered.Fault("closed", "42501"));
    Selection without = new Selection(List.of(), List.of("closed"));
    assertThat(discover("reader" + database, "hunter2", without, LIMITS).faults()).isEmpty();
  }

  @Test
  void readsTheOtherSchemasWhenOneCannotBeRead() throws SQLException {
    run(
        database,
        "create schema good",
        "create table good.fine (id int)",
        "create schema bad",
        "create table bad.broken (id int default 1)",
        "create table good.sums (a int, b int, c int generated always as (a + 1) stored,"
            + " d int generated always as (b + 1) stored)",
        // What a damaged catalogue looks like: a default that speaks of a column that is not there.
        "set allow_system_table_mods = on",
        "update pg_attrdef set adbin = (select adbin from pg_attrdef"
            + " where adrelid = 'good.sums'::regclass and adnum = 4)"
            + " where adrelid = 'bad.broken'::regclass",
        "drop table good.sums");
    Discovered found = discover(Selection.ALL);
    assertThat(found.tables())
        .extracting(table -> table.name().dotted())
        .containsExactly("good.fine");
    assertThat(found.tables().getFirst().columns()).hasSize(1);
    assertThat(found.faults())
        .singleElement()
        .satisfies(fault -> assertThat(fault.schema()).isEqualTo("bad"));
  }

  @Test
  void readsAThousandTablesSoonAndInFewStatements() throws SQLException {
    String columns =
        String.join(", ", IntStream.range(0, 20).mapToObj(i -> "c" + i + " text").toList());
    run(
        database,
        "do $$ begin for i in 1..1000 loop execute 'create table t' || i || ' (%s)'; end loop; end $$"
            .formatted(columns));
    AtomicInteger statements = new AtomicInteger();
    long begun = System.nanoTime();
    Discovered found;
    try (Connection connection = connect("postgres", "postgres")) {
      found =
          new PostgresqlCatalogue().read(counted(connection, statements), Selection.ALL, LIMITS);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
    assertThat(found.tables()).hasSize(1_000);
    assertThat(found.columns()).isEqualTo(20_000);
    assertThat(statements).hasValueLessThan(10);
  }

  private static Connection counted(Connection connection, AtomicInteger statements) {
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (_, method, arguments) -> {
              statements.addAndGet(method.getName().equals("prepareStatement") ? 1 : 0);
              return method.invoke(connection, arguments);
            });
  }

  @Test
  void stopsAtItsLimits() throws SQLException {
    run(database, "create table a (x int, y int)", "create table b (x int, y int)");
    Discovered found = discover("postgres", "postgres", Selection.ALL, new Limits(1, 1, 100));
    assertThat(found.truncated()).isTrue();
    assertThat(found.tables()).hasSize(1);
    assertThat(found.columns()).isEqualTo(1);
  }

  private Discovered discover(Selection wanted) throws SQLException {
    return discover("postgres", "postgres", wanted, LIMITS);
  }

  private Discovered discover(String user, String password, Selection wanted, Limits limits)
      throws SQLException {
    try (Connection connection = connect(user, password)) {
      return new PostgresqlCatalogue().read(connection, wanted, limits);
    }
  }

  private Connection connect(String user, String password) throws SQLException {
    Connection connection =
        DriverManager.getConnection(postgres.getJdbcUrl(user, database), user, password);
    connection.setReadOnly(true);
    return connection;
  }

  private void run(String in, String... statements) throws SQLException {
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
