package io.coffer.leak;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.eclipse.microprofile.config.Config;

/** Cuts all connections to the database and refuses new ones until it is closed. */
final class Outage implements AutoCloseable {

  private final String url;
  private final String name;
  private final String user;
  private final String password;

  private Outage(Config config) {
    String whole = config.getValue("quarkus.datasource.jdbc.url", String.class);
    int slash = whole.lastIndexOf('/');
    this.url = whole.substring(0, slash) + "/template1";
    this.name = whole.substring(slash + 1);
    this.user = config.getValue("quarkus.datasource.username", String.class);
    this.password = config.getValue("quarkus.datasource.password", String.class);
  }

  static Outage begin(Config config) {
    Outage outage = new Outage(config);
    outage.run("alter database " + outage.name + " allow_connections false");
    outage.run(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = '"
            + outage.name
            + "'");
    return outage;
  }

  @Override
  public void close() {
    run("alter database " + name + " allow_connections true");
  }

  private void run(String sql) {
    try (Connection connection = DriverManager.getConnection(url, user, password);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
