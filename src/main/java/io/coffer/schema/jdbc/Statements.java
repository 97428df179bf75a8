package io.coffer.schema.jdbc;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import java.util.Optional;

/** Questions with many rows for an answer, read in small portions. */
final class Statements {

  private static final int PORTION = 500;

  private final Connection connection;

  Statements(Connection connection) {
    this.connection = connection;
  }

  /** What is done with a row. */
  @FunctionalInterface
  interface Reader {
    void read(ResultSet row) throws SQLException;
  }

  /** Reads every row of the answer. */
  void each(String sql, Reader reader, Object... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setFetchSize(PORTION);
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          reader.read(rows);
        }
      }
    }
  }

  /** A part of the work that may fail. */
  @FunctionalInterface
  interface Part {
    void run() throws SQLException;
  }

  /**
   * Does a part of the work within the transaction, which stays usable whatever comes of it.
   *
   * @return the database's code if it refused; empty if all is well
   * @throws SQLException if the connection itself is gone
   */
  Optional<String> attempt(Part part) throws SQLException {
    Savepoint before = connection.setSavepoint();
    try {
      part.run();
      return Optional.empty();
    } catch (SQLException e) {
      String state = e.getSQLState() == null ? "" : e.getSQLState();
      if (state.startsWith("08") || state.startsWith("57P")) {
        throw e;
      }
      connection.rollback(before);
      return Optional.of(state.isEmpty() ? "unknown" : state);
    }
  }

  /** Values as an array of that type of the database. */
  Array array(String type, List<Long> values) throws SQLException {
    return connection.createArrayOf(type, values.toArray());
  }
}
