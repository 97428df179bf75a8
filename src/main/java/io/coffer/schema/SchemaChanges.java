package io.coffer.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How one discovery differs from an earlier one. A table or column that was renamed is one that
 * went and one that came: databases do not tell.
 *
 * @param added tables that are new
 * @param removed tables that are gone
 * @param changed tables that are not as before
 */
public record SchemaChanges(
    List<TableName> added, List<TableName> removed, List<ChangedTable> changed) {

  /**
   * A table that is not as before.
   *
   * @param name where it is
   * @param added the columns that are new
   * @param removed the names of columns that are gone
   * @param changed the columns that are not as before
   * @param properties what else of the table is not as before: {@code kind}, {@code description},
   *     {@code primary_key}, {@code foreign_keys}, {@code column_order}
   */
  public record ChangedTable(
      TableName name,
      List<Column> added,
      List<String> removed,
      List<ChangedColumn> changed,
      List<String> properties) {

    boolean isSame() {
      return added.isEmpty() && removed.isEmpty() && changed.isEmpty() && properties.isEmpty();
    }
  }

  /**
   * A column that is not as before.
   *
   * @param before as it was
   * @param after as it is
   */
  public record ChangedColumn(Column before, Column after) {}

  /** From the one to the other. The estimates of rows do not count. */
  public static SchemaChanges between(List<Table> before, List<Table> after) {
    SortedMap<TableName, Table> old = byName(before);
    SortedMap<TableName, Table> now = byName(after);
    List<TableName> added = now.keySet().stream().filter(name -> !old.containsKey(name)).toList();
    List<TableName> removed = old.keySet().stream().filter(name -> !now.containsKey(name)).toList();
    List<ChangedTable> changed =
        old.values().stream()
            .filter(table -> now.containsKey(table.name()))
            .map(table -> change(table, Objects.requireNonNull(now.get(table.name()))))
            .filter(table -> !table.isSame())
            .toList();
    return new SchemaChanges(added, removed, changed);
  }

  /** Whether nothing differs. */
  public boolean isEmpty() {
    return added.isEmpty() && removed.isEmpty() && changed.isEmpty();
  }

  private static SortedMap<TableName, Table> byName(List<Table> tables) {
    SortedMap<TableName, Table> byName = new TreeMap<>();
    tables.forEach(table -> byName.put(table.name(), table));
    return byName;
  }

  private static ChangedTable change(Table before, Table after) {
    Map<String, Column> old = columns(before);
    Map<String, Column> now = columns(after);
    return new ChangedTable(
        after.name(),
        now.values().stream().filter(column -> !old.containsKey(column.name())).toList(),
        old.keySet().stream().filter(name -> !now.containsKey(name)).toList(),
        old.values().stream()
            .filter(column -> now.containsKey(column.name()))
            .map(
                column -> new ChangedColumn(column, Objects.requireNonNull(now.get(column.name()))))
            .filter(pair -> !pair.before().equals(pair.after()))
            .toList(),
        properties(before, after, old, now));
  }

  private static List<String> properties(
      Table before, Table after, Map<String, Column> old, Map<String, Column> now) {
    List<String> properties = new ArrayList<>();
    if (before.kind() != after.kind()) {
      properties.add("kind");
    }
    if (!Objects.equals(before.description(), after.description())) {
      properties.add("description");
    }
    if (!before.primaryKey().equals(after.primaryKey())) {
      properties.add("primary_key");
    }
    if (!before.foreignKeys().equals(after.foreignKeys())) {
      properties.add("foreign_keys");
    }
    if (!common(old, now).equals(common(now, old))) {
      properties.add("column_order");
    }
    return properties;
  }

  /** The names of the one that the other has too, in the order of the one. */
  private static List<String> common(Map<String, Column> one, Map<String, Column> other) {
    return one.keySet().stream().filter(other::containsKey).toList();
  }

  private static Map<String, Column> columns(Table table) {
    Map<String, Column> columns = new LinkedHashMap<>();
    table.columns().forEach(column -> columns.put(column.name(), column));
    return columns;
  }
}
