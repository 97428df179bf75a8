package io.coffer.schema.jdbc;

import io.coffer.schema.Column;
import io.coffer.schema.Discovered;
import io.coffer.schema.Limits;
import io.coffer.schema.Selection;
import io.coffer.schema.TableKind;
import io.coffer.schema.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;

/**
 * Amazon Redshift: its own views over local and external schemas of the current database, which
 * show what the login may see. Its keys are hints that it does not enforce, and are not read.
 */
final class RedshiftCatalogue implements Catalogue {

  private static final String OTHERS =
      " database_name = current_database()"
          + " and schema_name not in ('pg_catalog', 'information_schema', 'pg_internal', 'pg_automv')";

  private static final String TABLES =
      "select schema_name, table_name, table_type, remarks from svv_all_tables where"
          + OTHERS
          + " order by 1, 2";

  private static final String COLUMNS =
      "select schema_name, table_name, column_name, data_type, character_maximum_length,"
          + " numeric_precision, numeric_scale, is_nullable, column_default, remarks"
          + " from svv_all_columns where"
          + OTHERS
          + " order by 1, 2, ordinal_position";

  @Override
  public Discovered read(Connection connection, Selection wanted, Limits limits)
      throws SQLException {
    connection.setAutoCommit(false);
    Gathering gathering = new Gathering(wanted, limits);
    Statements statements = new Statements(connection);
    statements.each(
        TABLES,
        row -> {
          boolean _ = gathering.table(name(row), kind(row.getString(3)), row.getString(4), null);
        });
    statements.each(COLUMNS, row -> gathering.column(name(row), column(row)));
    return gathering.discovered();
  }

  private static Column column(ResultSet row) throws SQLException {
    String nullable = row.getString(8);
    return new Column(
        row.getString(3),
        type(row.getString(4), row.getString(5), row.getString(6), row.getString(7)),
        nullable == null ? null : nullable.equalsIgnoreCase("yes"),
        row.getString(9),
        row.getString(10));
  }

  /** A type as it is declared; the lengths are texts, empty or null where there is none. */
  static String type(String name, String length, String precision, String scale) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.startsWith("character") && length != null && !length.isBlank()) {
      return name + '(' + length.strip() + ')';
    }
    boolean exact = lower.equals("numeric") || lower.equals("decimal");
    return exact && precision != null && scale != null
        ? name + '(' + precision.strip() + ',' + scale.strip() + ')'
        : name;
  }

  private static TableKind kind(String type) {
    String upper = type == null ? "" : type.toUpperCase(Locale.ROOT);
    if (upper.contains("VIEW")) {
      return TableKind.VIEW;
    }
    return upper.contains("EXTERNAL") ? TableKind.EXTERNAL_TABLE : TableKind.TABLE;
  }

  private static TableName name(ResultSet row) throws SQLException {
    return new TableName(null, row.getString(1), row.getString(2));
  }
}
