package io.coffer.schema.jdbc;

import io.coffer.schema.Discovered;
import io.coffer.schema.Limits;
import io.coffer.schema.Selection;
import java.sql.Connection;
import java.sql.SQLException;

/** How one kind of database is asked what it holds. */
interface Catalogue {

  /**
   * Reads it, in a handful of statements whatever the number of tables.
   *
   * @throws SQLException if nothing at all could be read; one schema that cannot is a fault of the
   *     answer
   */
  Discovered read(Connection connection, Selection wanted, Limits limits) throws SQLException;
}
