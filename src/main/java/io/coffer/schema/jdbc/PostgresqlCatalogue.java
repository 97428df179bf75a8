package io.coffer.schema.jdbc;

import io.coffer.schema.Column;
import io.coffer.schema.Discovered;
import io.coffer.schema.Limits;
import io.coffer.schema.Selection;
import io.coffer.schema.TableKind;
import io.coffer.schema.TableName;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * PostgreSQL: what the login may read, out of {@code pg_catalog}, whose functions are named in full
 * because the database's owner decides on the search path. Partitions are part of their table.
 */
final class PostgresqlCatalogue implements Catalogue {

  /** SQLSTATE of a missing right. */
  private static final String NOT_AUTHORIZED = "42501";

  private static final String OTHERS =
      " n.nspname <> 'information_schema' and n.nspname !~ '^pg_' ";

  private static final String CLOSED =
      "select n.nspname from pg_catalog.pg_namespace n where"
          + OTHERS
          + "and not pg_catalog.has_schema_privilege(n.oid, 'USAGE') order by 1 limit ?";

  private static final String TABLES =
      """
      select n.nspname, c.relname, c.relkind::text,
        pg_catalog.left(pg_catalog.obj_description(c.oid, 'pg_class'), 4000),
        case when c.reltuples >= 0 and c.relkind in ('r', 'm') then c.reltuples::bigint end, c.oid
      from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition and"""
          + OTHERS
          + """
      and pg_catalog.has_schema_privilege(n.oid, 'USAGE')
      and (pg_catalog.has_table_privilege(c.oid, 'SELECT')
        or pg_catalog.has_any_column_privilege(c.oid, 'SELECT'))
      order by 1, 2""";

  private static final String COLUMNS =
      """
      select n.nspname, c.relname, a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod),
        not (a.attnotnull or t.typnotnull),
        case when a.attidentity <> '' then 'generated as identity'
          when a.attgenerated <> '' then 'generated: '
            || pg_catalog.left(pg_catalog.pg_get_expr(d.adbin, d.adrelid), 1000)
          else pg_catalog.left(pg_catalog.pg_get_expr(d.adbin, d.adrelid), 1000) end,
        pg_catalog.left(pg_catalog.col_description(c.oid, a.attnum), 4000)
      from pg_catalog.pg_attribute a
      join pg_catalog.pg_class c on c.oid = a.attrelid
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      join pg_catalog.pg_type t on t.oid = a.atttypid
      left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      where a.attrelid = any (?) and a.attnum > 0 and not a.attisdropped
      order by 1, 2, a.attnum""";

  private static final String KEYS =
      """
      select n.nspname, c.relname, k.conname, k.contype::text, a.attname,
        fn.nspname, fc.relname, fa.attname
      from pg_catalog.pg_constraint k
      join pg_catalog.pg_class c on c.oid = k.conrelid
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      cross join lateral pg_catalog.generate_subscripts(k.conkey, 1) i
      join pg_catalog.pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[i]
      left join pg_catalog.pg_class fc on fc.oid = k.confrelid
      left join pg_catalog.pg_namespace fn on fn.oid = fc.relnamespace
      left join pg_catalog.pg_attribute fa on fa.attrelid = k.confrelid and fa.attnum = k.confkey[i]
      where k.contype in ('p', 'f') and k.conrelid = any (?)
      order by 1, 2, 3, i""";

  @Override
  public Discovered read(Connection connection, Selection wanted, Limits limits)
      throws SQLException {
    connection.setAutoCommit(false);
    Gathering gathering = new Gathering(wanted, limits);
    Statements statements = new Statements(connection);
    statements.each(CLOSED, row -> closed(gathering, wanted, row.getString(1)), limits.tables());
    SortedMap<String, List<Long>> tables = tables(statements, gathering);
    List<Long> all = tables.values().stream().flatMap(List::stream).toList();
    if (!all.isEmpty()
        && statements.attempt(() -> details(statements, gathering, all)).isPresent()) {
      // Something in one schema cannot be read: the others do not stand back for it.
      gathering.forgetDetails();
      for (Map.Entry<String, List<Long>> one : tables.entrySet()) {
        statements
            .attempt(() -> details(statements, gathering, one.getValue()))
            .ifPresent(code -> gathering.drop(one.getKey(), code));
      }
    }
    return gathering.discovered();
  }

  private static void closed(Gathering gathering, Selection wanted, String schema) {
    if (wanted.mayHave(schema)) {
      gathering.fault(schema, NOT_AUTHORIZED);
    }
  }

  /** The ids of the tables, by schema. */
  private static SortedMap<String, List<Long>> tables(Statements statements, Gathering gathering)
      throws SQLException {
    SortedMap<String, List<Long>> bySchema = new TreeMap<>();
    statements.each(
        TABLES,
        row -> {
          String schema = row.getString(1);
          TableName name = new TableName(null, schema, row.getString(2));
          long rows = row.getLong(5);
          Long estimate = row.wasNull() ? null : rows;
          if (gathering.table(name, kind(row.getString(3)), row.getString(4), estimate)) {
            bySchema.computeIfAbsent(schema, _ -> new ArrayList<>()).add(row.getLong(6));
          }
        });
    return bySchema;
  }

  private static void details(Statements statements, Gathering gathering, List<Long> tables)
      throws SQLException {
    Array those = statements.array("oid", tables);
    statements.each(
        COLUMNS,
        row ->
            gathering.column(
                name(row, 1),
                new Column(
                    row.getString(3),
                    row.getString(4),
                    row.getBoolean(5),
                    row.getString(6),
                    row.getString(7))),
        those);
    statements.each(KEYS, row -> key(gathering, row), those);
  }

  private static void key(Gathering gathering, ResultSet row) throws SQLException {
    TableName table = name(row, 1);
    if ("p".equals(row.getString(4))) {
      gathering.primaryKey(table, row.getString(5));
    } else {
      gathering.foreignKey(
          table, row.getString(3), row.getString(5), name(row, 6), row.getString(8));
    }
  }

  private static TableName name(ResultSet row, int first) throws SQLException {
    return new TableName(null, row.getString(first), row.getString(first + 1));
  }

  private static TableKind kind(String relkind) {
    return switch (relkind) {
      case "v" -> TableKind.VIEW;
      case "m" -> TableKind.MATERIALIZED_VIEW;
      case "f" -> TableKind.EXTERNAL_TABLE;
      default -> TableKind.TABLE;
    };
  }
}
