package io.coffer.schema;

import java.util.List;

/**
 * Columns that refer to another table.
 *
 * @param columns the columns, in the key's order
 * @param references the other table
 * @param referenced its columns, in the same order
 */
public record ForeignKey(List<String> columns, TableName references, List<String> referenced) {

  public ForeignKey {
    columns = List.copyOf(columns);
    referenced = List.copyOf(referenced);
  }
}
