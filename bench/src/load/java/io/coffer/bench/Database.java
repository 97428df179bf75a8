package io.coffer.bench;

import io.coffer.testing.PackagedServices;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    // The first line of a running server's file (PostgreSQL's manual, "Database File Layout").
    Path file = Path.of(text("show data_directory"), "postmaster.pid");
    try {
      return new ProcessCost(Long.parseLong(Files.readAllLines(file).getFirst()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
