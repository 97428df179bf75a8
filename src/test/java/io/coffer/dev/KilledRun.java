package io.coffer.dev;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A run that stores something and ends as if it were killed: without its shutdown hooks. */
final class KilledRun {

  static final int STATUS = 137;

  private KilledRun() {}

  public static void main(String[] args) throws SQLException {
    int port = EmbeddedDatabase.start(Path.of(args[0]));
    try (Connection connection = OrphanedDatabaseTest.connect(port);
        Statement statement = connection.createStatement()) {
      statement.execute("create table kept as select 'there' as word");
    }
    Runtime.getRuntime().halt(STATUS);
  }
}
