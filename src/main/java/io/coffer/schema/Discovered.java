package io.coffer.schema;

import java.util.List;

/**
 * What a discovery has found.
 *
 * @param tables in the order of their names
 * @param faults the schemas that could not be read; the others are complete
 * @param truncated whether a limit left out tables or columns
 */
public record Discovered(List<Table> tables, List<Fault> faults, boolean truncated) {

  public Discovered {
    tables = tables.stream().sorted((one, other) -> one.name().compareTo(other.name())).toList();
    faults = List.copyOf(faults);
  }

  /**
   * A schema that could not be read.
   *
   * @param schema its name
   * @param code the database's own code, of letters, digits and {@code _.-} alone
   */
  public record Fault(String schema, String code) {}

  /** How many columns all tables have. */
  public int columns() {
    return tables.stream().mapToInt(table -> table.columns().size()).sum();
  }
}
