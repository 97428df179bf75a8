package io.coffer.schema.jdbc;

import io.coffer.schema.Column;
import io.coffer.schema.Discovered;
import io.coffer.schema.ForeignKey;
import io.coffer.schema.Limits;
import io.coffer.schema.Selection;
import io.coffer.schema.Table;
import io.coffer.schema.TableKind;
import io.coffer.schema.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Tables while their parts come in by rows, within the limits. */
final class Gathering {

  private final Selection wanted;
  private final Limits limits;
  private final Map<TableName, Draft> tables = new TreeMap<>();
  private final List<Discovered.Fault> faults = new ArrayList<>();
  private int columns;
  private boolean truncated;

  Gathering(Selection wanted, Limits limits) {
    this.wanted = wanted;
    this.limits = limits;
  }

  /** A table that is not complete yet. */
  private static final class Draft {
    private final TableKind kind;
    private final @Nullable String description;
    private final @Nullable Long rows;
    private final List<Column> columns = new ArrayList<>();
    private final List<String> primaryKey = new ArrayList<>();
    private final Map<String, KeyDraft> foreignKeys = new LinkedHashMap<>();

    Draft(TableKind kind, @Nullable String description, @Nullable Long rows) {
      this.kind = kind;
      this.description = description;
      this.rows = rows;
    }
  }

  /** A foreign key that is not complete yet. */
  private static final class KeyDraft {
    private final TableName references;
    private final List<String> columns = new ArrayList<>();
    private final List<String> referenced = new ArrayList<>();

    KeyDraft(TableName references) {
      this.references = references;
    }
  }

  /** A table begins; false if it is not wanted, or is one too many. */
  boolean table(TableName name, TableKind kind, @Nullable String description, @Nullable Long rows) {
    if (tables.containsKey(name)) {
      return true;
    }
    if (!wanted.has(name.schema(), name.name())) {
      return false;
    }
    if (tables.size() == limits.tables()) {
      truncated = true;
      return false;
    }
    tables.put(name, new Draft(kind, description, rows == null || rows < 0 ? null : rows));
    return true;
  }

  /** A column of a table that has begun; others are left out. */
  void column(TableName table, Column column) {
    Draft draft = tables.get(table);
    if (draft == null) {
      return;
    }
    if (draft.columns.size() == limits.columnsPerTable() || columns == limits.columns()) {
      truncated = true;
      return;
    }
    draft.columns.add(column);
    columns++;
  }

  /** The next column of a primary key. */
  void primaryKey(TableName table, String column) {
    Draft draft = tables.get(table);
    if (draft != null) {
      draft.primaryKey.add(column);
    }
  }

  /** The next column of the foreign key of that name. */
  void foreignKey(
      TableName table, String key, String column, TableName references, String referenced) {
    Draft draft = tables.get(table);
    if (draft != null) {
      KeyDraft one = draft.foreignKeys.computeIfAbsent(key, _ -> new KeyDraft(references));
      one.columns.add(column);
      one.referenced.add(referenced);
    }
  }

  /** A schema that could not be read. */
  void fault(String schema, String code) {
    faults.add(new Discovered.Fault(schema, code));
  }

  /** More was there than was asked for. */
  void truncated() {
    truncated = true;
  }

  /** Columns and keys are read anew. */
  void forgetDetails() {
    tables.replaceAll((_, draft) -> new Draft(draft.kind, draft.description, draft.rows));
    columns = 0;
    truncated = false;
  }

  /** A schema turned out not to be readable: its tables do not count. */
  void drop(String schema, String code) {
    tables
        .entrySet()
        .removeIf(
            table -> {
              boolean gone = schema.equals(table.getKey().schema());
              columns -= gone ? table.getValue().columns.size() : 0;
              return gone;
            });
    fault(schema, code);
  }

  Discovered discovered() {
    List<Table> all = new ArrayList<>();
    tables.forEach((name, draft) -> all.add(table(name, draft)));
    return new Discovered(all, faults, truncated);
  }

  private static Table table(TableName name, Draft draft) {
    return new Table(
        name,
        draft.kind,
        draft.description,
        draft.rows,
        draft.columns,
        draft.primaryKey,
        draft.foreignKeys.values().stream()
            .map(key -> new ForeignKey(key.columns, key.references, key.referenced))
            .toList());
  }
}
