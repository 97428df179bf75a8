package io.coffer.testing;

import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.pgclient.PgBuilder;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;
import org.flywaydb.core.Flyway;

/**
 * A fresh, migrated database on a real PostgreSQL, for tests that need no running application. One
 * server serves all tests of a JVM.
 */
public final class TestDatabase implements AutoCloseable {

  private final Vertx vertx;
  private final PgConnectOptions address;
  private final Pool pool;

  /** Makes a database of its own with the schema of the application. */
  public static TestDatabase create() {
    String name = "t" + UUID.randomUUID().toString().replace("-", "");
    try (Connection connection = Server.INSTANCE.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    Flyway.configure()
        .dataSource(Server.INSTANCE.getJdbcUrl("postgres", name), "postgres", "postgres")
        .load()
        .migrate();
    return new TestDatabase(Vertx.vertx(), name);
  }

  private TestDatabase(Vertx vertx, String name) {
    this.vertx = vertx;
    this.address =
        new PgConnectOptions()
            .setHost("localhost")
            .setPort(Server.INSTANCE.getPort())
            .setDatabase(name)
            .setUser("postgres")
            .setPassword("postgres");
    this.pool =
        PgBuilder.pool()
            .with(new PoolOptions().setMaxSize(8))
            .connectingTo(address)
            .using(vertx)
            .build();
  }

  public Pool pool() {
    return pool;
  }

  public Vertx vertx() {
    return vertx;
  }

  /** Where it is and who may enter, for connections of a test's own. */
  public PgConnectOptions address() {
    return new PgConnectOptions(address);
  }

  /** A connection of JDBC; whoever gets it closes it. */
  public Connection jdbc() throws SQLException {
    return DriverManager.getConnection(
        Server.INSTANCE.getJdbcUrl("postgres", address.getDatabase()), "postgres", "postgres");
  }

  /** The settings that name it to the application, as environment variables. */
  public Map<String, String> jdbcEnvironment() {
    return Map.of(
        "QUARKUS_DATASOURCE_JDBC_URL",
        Server.INSTANCE.getJdbcUrl("postgres", address.getDatabase()),
        "QUARKUS_DATASOURCE_USERNAME",
        "postgres",
        "QUARKUS_DATASOURCE_PASSWORD",
        "postgres");
  }

  /** Runs statements that take no parameters. */
  public void run(String sql) {
    pool.query(sql).executeAndAwait();
  }

  /** The first column of the first row. */
  public long count(String sql) {
    return pool.query(sql).executeAndAwait().iterator().next().getLong(0);
  }

  @Override
  public void close() {
    pool.closeAndAwait();
    vertx.closeAndAwait();
  }

  /** Started at the first use, stopped with the JVM by its own shutdown hook. */
  private static final class Server {
    static final EmbeddedPostgres INSTANCE = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder().start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
