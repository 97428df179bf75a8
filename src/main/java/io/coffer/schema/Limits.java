package io.coffer.schema;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much is kept of what a database tells. Texts are cut and freed of control characters.
 *
 * @param tables how many tables
 * @param columnsPerTable how many columns of one table
 * @param columns how many columns in all
 */
public record Limits(int tables, int columnsPerTable, int columns) {

  /** How long names and types may be. */
  public static final int IDENTIFIER = 256;

  /** How long the expression of a default may be. */
  public static final int EXPRESSION = 1_000;

  /** How long a description may be. */
  public static final int DESCRIPTION = 4_000;

  static Limits of(SchemaConfig config) {
    return new Limits(config.maxTables(), config.maxColumnsPerTable(), config.maxColumns());
  }

  /** Within the limits, with a note if something was left out. */
  public Discovered apply(Discovered found) {
    List<Table> kept = new ArrayList<>();
    boolean truncated = found.truncated();
    int room = columns;
    for (Table table : found.tables()) {
      if (kept.size() == tables || room == 0) {
        truncated = true;
        break;
      }
      int most = Math.min(columnsPerTable, room);
      truncated |= table.columns().size() > most;
      Table bounded = bounded(table, most);
      room -= bounded.columns().size();
      kept.add(bounded);
    }
    return new Discovered(kept, found.faults(), truncated);
  }

  private static Table bounded(Table table, int most) {
    return new Table(
        bounded(table.name()),
        table.kind(),
        text(table.description(), DESCRIPTION),
        table.rowEstimate(),
        table.columns().stream().limit(most).map(Limits::bounded).toList(),
        names(table.primaryKey()),
        table.foreignKeys().stream().limit(most).map(Limits::bounded).toList());
  }

  private static Column bounded(Column column) {
    return new Column(
        identifier(column.name()),
        identifier(column.dataType()),
        column.nullable(),
        text(column.defaultValue(), EXPRESSION),
        text(column.description(), DESCRIPTION));
  }

  private static ForeignKey bounded(ForeignKey key) {
    return new ForeignKey(names(key.columns()), bounded(key.references()), names(key.referenced()));
  }

  private static TableName bounded(TableName name) {
    return new TableName(
        text(name.catalog(), IDENTIFIER), text(name.schema(), IDENTIFIER), identifier(name.name()));
  }

  private static List<String> names(List<String> names) {
    return names.stream().map(Limits::identifier).toList();
  }

  private static String identifier(String name) {
    String kept = text(name, IDENTIFIER);
    return kept == null ? "" : kept;
  }

  private static @Nullable String text(@Nullable String text, int longest) {
    if (text == null) {
      return null;
    }
    String clean = text.replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "").strip();
    if (clean.isEmpty()) {
      return null;
    }
    if (clean.length() <= longest) {
      return clean;
    }
    boolean split = Character.isHighSurrogate(clean.charAt(longest - 1));
    return clean.substring(0, split ? longest - 1 : longest);
  }
}
