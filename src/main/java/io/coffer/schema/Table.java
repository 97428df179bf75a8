package io.coffer.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table or view as its database describes it.
 *
 * @param name where it is
 * @param kind what it is
 * @param description what somebody wrote about it; null: nothing
 * @param rowEstimate how many rows the database believes it has; null: it does not say
 * @param columns in their order
 * @param primaryKey the columns of the primary key, in its order; empty: none
 * @param foreignKeys what refers to other tables
 */
public record Table(
    TableName name,
    TableKind kind,
    @Nullable String description,
    @Nullable Long rowEstimate,
    List<Column> columns,
    List<String> primaryKey,
    List<ForeignKey> foreignKeys) {

  public Table {
    columns = List.copyOf(columns);
    primaryKey = List.copyOf(primaryKey);
    foreignKeys = List.copyOf(foreignKeys);
  }
}
