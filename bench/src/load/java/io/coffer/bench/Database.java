package io.coffer.bench;

import io.coffer.testing.PackagedServices;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The database that the application under load uses, as its owner.
 *
 * @param services what runs it
 */
record Database(PackagedServices services) {

  void execute(String... statements) {
    try (Connection connection = services.database().getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first column of the first row. */
  String text(String query) {
    try (Connection connection = services.database().getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Its first process; the others are below it. */
  ProcessCost cost() {
    long backend = Long.parseLong(text("select pg_backend_pid()"));
    return new ProcessCost(
        ProcessHandle.of(backend).flatMap(ProcessHandle::parent).orElseThrow().pid());
  }
}
