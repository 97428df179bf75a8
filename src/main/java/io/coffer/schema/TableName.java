package io.coffer.schema;

import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a table is.
 *
 * @param catalog the database, project or catalog; null: the one that was connected to
 * @param schema the schema or dataset; null: the database has none
 * @param name its own name
 */
public record TableName(@Nullable String catalog, @Nullable String schema, String name)
    implements Comparable<TableName> {

  private static final Comparator<TableName> ORDER =
      Comparator.comparing((TableName table) -> Objects.requireNonNullElse(table.catalog, ""))
          .thenComparing(table -> Objects.requireNonNullElse(table.schema, ""))
          .thenComparing(TableName::name);

  @Override
  public int compareTo(TableName other) {
    return ORDER.compare(this, other);
  }

  /** The parts that there are, with dots between them. */
  public String dotted() {
    StringBuilder dotted = new StringBuilder();
    if (catalog != null) {
      dotted.append(catalog).append('.');
    }
    if (schema != null) {
      dotted.append(schema).append('.');
    }
    return dotted.append(name).toString();
  }
}
