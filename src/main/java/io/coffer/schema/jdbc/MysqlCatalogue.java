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
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * MySQL and MariaDB: {@code information_schema}, which lists what the login may touch. A database
 * is a schema here. Columns are asked for schema by schema, which MariaDB and MySQL 5.7 answer
 * without opening the tables of all others; estimates of rows are not asked for, since old servers
 * open each table for them.
 */
final class MysqlCatalogue implements Catalogue {

  private static final String TABLES =
      """
      select table_schema, table_name, table_type, nullif(left(table_comment, 4000), '')
      from information_schema.tables
      where table_schema not in ('mysql', 'information_schema', 'performance_schema', 'sys')
      order by 1, 2""";

  private static final String COLUMNS =
      """
      select table_schema, table_name, column_name, column_type, is_nullable = 'YES',
        left(column_default, 1000), extra, nullif(left(column_comment, 4000), '')
      from information_schema.columns where table_schema = ? order by 2, ordinal_position""";

  private static final String KEYS =
      """
      select table_schema, table_name, constraint_name, column_name,
        referenced_table_schema, referenced_table_name, referenced_column_name
      from information_schema.key_column_usage
      where table_schema = ? and (constraint_name = 'PRIMARY' or referenced_table_name is not null)
      order by 2, 3, ordinal_position""";

  @Override
  public Discovered read(Connection connection, Selection wanted, Limits limits)
      throws SQLException {
    connection.setAutoCommit(false);
    Gathering gathering = new Gathering(wanted, limits);
    Statements statements = new Statements(connection);
    Set<String> schemas = new TreeSet<>();
    statements.each(
        TABLES,
        row -> {
          TableName name = name(row, 1);
          if (gathering.table(name, kind(row.getString(3)), comment(row), null)) {
            schemas.add(row.getString(1));
          }
        });
    for (String schema : schemas) {
      statements
          .attempt(() -> details(statements, gathering, schema))
          .ifPresent(code -> gathering.drop(schema, code));
    }
    return gathering.discovered();
  }

  private static void details(Statements statements, Gathering gathering, String schema)
      throws SQLException {
    statements.each(COLUMNS, row -> gathering.column(name(row, 1), column(row)), schema);
    statements.each(KEYS, row -> key(gathering, row), schema);
  }

  private static Column column(ResultSet row) throws SQLException {
    String extra = row.getString(7);
    String given = row.getString(6);
    // MariaDB writes the word where there is no default, MySQL nothing at all.
    String expression = "NULL".equals(given) ? null : given;
    boolean generated = extra != null && extra.toLowerCase(Locale.ROOT).contains("auto_increment");
    return new Column(
        row.getString(3),
        row.getString(4),
        row.getBoolean(5),
        generated ? "auto_increment" : expression,
        row.getString(8));
  }

  private static void key(Gathering gathering, ResultSet row) throws SQLException {
    TableName table = name(row, 1);
    if ("PRIMARY".equals(row.getString(3))) {
      gathering.primaryKey(table, row.getString(4));
    } else {
      gathering.foreignKey(
          table, row.getString(3), row.getString(4), name(row, 5), row.getString(7));
    }
  }

  /** A view's comment says that it is one. */
  private static @Nullable String comment(ResultSet row) throws SQLException {
    return kind(row.getString(3)) == TableKind.VIEW ? null : row.getString(4);
  }

  private static TableKind kind(String type) {
    return type.contains("VIEW") ? TableKind.VIEW : TableKind.TABLE;
  }

  private static TableName name(ResultSet row, int first) throws SQLException {
    return new TableName(null, row.getString(first), row.getString(first + 1));
  }
}
