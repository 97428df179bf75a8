package io.coffer.probe.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Short questions with one row for an answer. */
final class Rows {

  private Rows() {}

  /** Whether the server computes; a connection alone proves less than it seems. */
  static boolean selectsOne(Connection connection, String sql) throws SQLException {
    return one(connection, sql).filter(row -> "1".equals(row.getFirst())).isPresent();
  }

  /** The columns of the first row as text; empty if there is no row. */
  static Optional<List<@Nullable String>> one(Connection connection, String sql)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setMaxRows(2);
      try (ResultSet rows = statement.executeQuery(sql)) {
        if (!rows.next()) {
          return Optional.empty();
        }
        List<@Nullable String> row = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          row.add(rows.getString(i));
        }
        return Optional.of(row);
      }
    }
  }
}
