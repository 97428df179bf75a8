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

/**
 * SQL Server and Azure SQL: the {@code sys} views of the current database, which show what the
 * login may see. Descriptions are extended properties, which dedicated pools of Synapse do not
 * have.
 */
final class MssqlCatalogue implements Catalogue {

  private static final String UNKNOWN_OBJECT = "208";

  private static final String TABLES =
      """
      select s.name, o.name, o.type, %s,
        (select sum(p.rows) from sys.partitions p where p.object_id = o.object_id and p.index_id in (0, 1))
      from sys.objects o join sys.schemas s on s.schema_id = o.schema_id %s
      where o.type in ('U', 'V') and o.is_ms_shipped = 0 order by s.name, o.name""";

  private static final String COLUMNS =
      """
      select s.name, o.name, c.name, t.name, c.max_length, c.precision, c.scale, c.is_nullable,
        case when c.is_identity = 1 then 'identity'
          else left(coalesce(d.definition, k.definition), 1000) end, %s
      from sys.columns c join sys.objects o on o.object_id = c.object_id
      join sys.schemas s on s.schema_id = o.schema_id
      join sys.types t on t.user_type_id = c.user_type_id
      left join sys.default_constraints d on d.object_id = c.default_object_id
      left join sys.computed_columns k on k.object_id = c.object_id and k.column_id = c.column_id %s
      where o.type in ('U', 'V') and o.is_ms_shipped = 0 order by s.name, o.name, c.column_id""";

  private static final String DESCRIPTION = "convert(nvarchar(4000), e.value)";
  private static final String OF_TABLES =
      "left join sys.extended_properties e on e.class = 1 and e.major_id = o.object_id"
          + " and e.minor_id = 0 and e.name = N'MS_Description'";
  private static final String OF_COLUMNS =
      "left join sys.extended_properties e on e.class = 1 and e.major_id = c.object_id"
          + " and e.minor_id = c.column_id and e.name = N'MS_Description'";

  private static final String PRIMARY_KEYS =
      """
      select s.name, o.name, c.name from sys.indexes i
      join sys.index_columns x on x.object_id = i.object_id and x.index_id = i.index_id
      join sys.columns c on c.object_id = x.object_id and c.column_id = x.column_id
      join sys.objects o on o.object_id = i.object_id
      join sys.schemas s on s.schema_id = o.schema_id
      where i.is_primary_key = 1 order by 1, 2, x.key_ordinal""";

  private static final String FOREIGN_KEYS =
      """
      select s.name, o.name, f.name, c.name, rs.name, ro.name, rc.name from sys.foreign_keys f
      join sys.foreign_key_columns x on x.constraint_object_id = f.object_id
      join sys.objects o on o.object_id = f.parent_object_id
      join sys.schemas s on s.schema_id = o.schema_id
      join sys.columns c on c.object_id = o.object_id and c.column_id = x.parent_column_id
      join sys.objects ro on ro.object_id = f.referenced_object_id
      join sys.schemas rs on rs.schema_id = ro.schema_id
      join sys.columns rc on rc.object_id = ro.object_id and rc.column_id = x.referenced_column_id
      order by 1, 2, 3, x.constraint_column_id""";

  @Override
  public Discovered read(Connection connection, Selection wanted, Limits limits)
      throws SQLException {
    Statements statements = new Statements(connection);
    Gathering gathering = new Gathering(wanted, limits);
    try {
      read(statements, gathering, true);
    } catch (SQLException e) {
      if (!UNKNOWN_OBJECT.equals(Integer.toString(e.getErrorCode()))) {
        throw e;
      }
      gathering = new Gathering(wanted, limits);
      read(statements, gathering, false);
    }
    return gathering.discovered();
  }

  private static void read(Statements statements, Gathering gathering, boolean described)
      throws SQLException {
    String description = described ? DESCRIPTION : "null";
    statements.each(
        TABLES.formatted(description, described ? OF_TABLES : ""),
        row -> {
          long rows = row.getLong(5);
          Long estimate = row.wasNull() ? null : rows;
          boolean _ =
              gathering.table(name(row, 1), kind(row.getString(3)), row.getString(4), estimate);
        });
    statements.each(
        COLUMNS.formatted(description, described ? OF_COLUMNS : ""),
        row -> gathering.column(name(row, 1), column(row)));
    statements.each(PRIMARY_KEYS, row -> gathering.primaryKey(name(row, 1), row.getString(3)));
    statements.each(
        FOREIGN_KEYS,
        row ->
            gathering.foreignKey(
                name(row, 1), row.getString(3), row.getString(4), name(row, 5), row.getString(7)));
  }

  private static Column column(ResultSet row) throws SQLException {
    return new Column(
        row.getString(3),
        type(row.getString(4), row.getInt(5), row.getInt(6), row.getInt(7)),
        row.getBoolean(8),
        row.getString(9),
        row.getString(10));
  }

  /**
   * A type as it is declared.
   *
   * @param bytes the length in bytes, of which a character of the national types takes two; -1: max
   */
  static String type(String name, int bytes, int precision, int scale) {
    return switch (name) {
      case "char", "varchar", "binary", "varbinary" -> name + '(' + length(bytes, 1) + ')';
      case "nchar", "nvarchar" -> name + '(' + length(bytes, 2) + ')';
      case "decimal", "numeric" -> name + '(' + precision + ',' + scale + ')';
      case "datetime2", "datetimeoffset", "time" -> name + '(' + scale + ')';
      default -> name;
    };
  }

  private static String length(int bytes, int each) {
    return bytes < 0 ? "max" : Integer.toString(bytes / each);
  }

  private static TableKind kind(String type) {
    return "V".equals(type.strip()) ? TableKind.VIEW : TableKind.TABLE;
  }

  private static TableName name(ResultSet row, int first) throws SQLException {
    return new TableName(null, row.getString(first), row.getString(first + 1));
  }
}
