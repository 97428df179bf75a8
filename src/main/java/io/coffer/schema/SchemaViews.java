package io.coffer.schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How clients see schemas. */
final class SchemaViews {

  private SchemaViews() {}

  /**
   * A snapshot without its tables.
   *
   * @param snapshot its id
   * @param schemaType which kind of database
   * @param complete whether no limit left anything out
   */
  @Schema(name = "SchemaSnapshot")
  record SnapshotView(
      UUID credential,
      UUID snapshot,
      String schemaType,
      Instant discoveredAt,
      @Schema(description = "The version of the value that logged in") int version,
      @Schema(description = "Whether a limit left out tables or columns") boolean truncated,
      int tableCount,
      int columnCount,
      List<String> include,
      List<String> exclude,
      @Schema(description = "The schemas that could not be read") List<FaultView> faults) {

    static SnapshotView of(Snapshot snapshot) {
      return new SnapshotView(
          snapshot.credential(),
          snapshot.id(),
          snapshot.dialect(),
          snapshot.takenAt(),
          snapshot.version(),
          snapshot.truncated(),
          snapshot.tables(),
          snapshot.columns(),
          snapshot.selection().include(),
          snapshot.selection().exclude(),
          snapshot.faults().stream()
              .map(fault -> new FaultView(fault.schema(), fault.code()))
              .toList());
    }
  }

  /**
   * A schema that could not be read.
   *
   * @param code the database's own code
   */
  @Schema(name = "SchemaFault")
  record FaultView(String schema, String code) {}

  /**
   * A page of tables.
   *
   * @param nextCursor null on the last page
   */
  @Schema(name = "SchemaPage")
  record PageView(
      SnapshotView snapshot,
      List<TableView> tables,
      @Schema(description = "Where the next page starts; null on the last")
          @Nullable String nextCursor) {}

  /** A table. */
  @Schema(name = "SchemaTable")
  record TableView(
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String catalog,
      @Nullable String schema,
      String name,
      String kind,
      @Nullable String description,
      @Schema(description = "What the database believes; null: it does not say")
          @Nullable Long rowEstimate,
      List<ColumnView> columns,
      List<String> primaryKey,
      List<KeyView> foreignKeys) {

    static TableView of(Table table) {
      return new TableView(
          table.name().catalog(),
          table.name().schema(),
          table.name().name(),
          table.kind().wireName(),
          table.description(),
          table.rowEstimate(),
          table.columns().stream().map(ColumnView::of).toList(),
          table.primaryKey(),
          table.foreignKeys().stream().map(KeyView::of).toList());
    }
  }

  /** A column. */
  @Schema(name = "SchemaColumn")
  record ColumnView(
      String name,
      String dataType,
      @Schema(description = "null: not known") @Nullable Boolean nullable,
      @JsonProperty("default") @Schema(description = "The expression of the default")
          @Nullable String defaultValue,
      @Nullable String description) {

    static ColumnView of(Column column) {
      return new ColumnView(
          column.name(),
          column.dataType(),
          column.nullable(),
          column.defaultValue(),
          column.description());
    }
  }

  /** A foreign key. */
  @Schema(name = "SchemaForeignKey")
  record KeyView(List<String> columns, PlaceView references, List<String> referencedColumns) {

    static KeyView of(ForeignKey key) {
      return new KeyView(key.columns(), PlaceView.of(key.references()), key.referenced());
    }
  }

  /** Where a table is. */
  @Schema(name = "SchemaTableName")
  record PlaceView(
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String catalog,
      @Nullable String schema,
      String name) {

    static PlaceView of(TableName name) {
      return new PlaceView(name.catalog(), name.schema(), name.name());
    }
  }

  /** How one snapshot differs from another. */
  @Schema(name = "SchemaDiff")
  record DiffView(
      SnapshotView from,
      SnapshotView to,
      List<PlaceView> added,
      List<PlaceView> removed,
      List<ChangedTableView> changed) {

    static DiffView of(Snapshot from, Snapshot to, SchemaChanges changes) {
      return new DiffView(
          SnapshotView.of(from),
          SnapshotView.of(to),
          changes.added().stream().map(PlaceView::of).toList(),
          changes.removed().stream().map(PlaceView::of).toList(),
          changes.changed().stream().map(ChangedTableView::of).toList());
    }
  }

  /** A table that is not as before. */
  @Schema(name = "SchemaChangedTable")
  record ChangedTableView(
      PlaceView table,
      List<ColumnView> added,
      List<String> removed,
      List<ChangedColumnView> changed,
      @Schema(description = "kind, description, primary_key, foreign_keys, column_order")
          List<String> properties) {

    static ChangedTableView of(SchemaChanges.ChangedTable table) {
      return new ChangedTableView(
          PlaceView.of(table.name()),
          table.added().stream().map(ColumnView::of).toList(),
          table.removed(),
          table.changed().stream()
              .map(
                  pair ->
                      new ChangedColumnView(
                          ColumnView.of(pair.before()), ColumnView.of(pair.after())))
              .toList(),
          table.properties());
    }
  }

  /** A column that is not as before. */
  @Schema(name = "SchemaChangedColumn")
  record ChangedColumnView(ColumnView before, ColumnView after) {}
}
