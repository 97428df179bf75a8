package io.coffer.schema;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What is kept of a discovery beside its tables.
 *
 * @param credential whose database it is
 * @param version the version of the value that logged in
 * @param dialect which kind of database
 * @param selection what was asked for
 * @param truncated whether a limit left out tables or columns
 * @param tables how many tables it has
 * @param columns how many columns they have
 * @param faults the schemas that could not be read
 * @param takenAt when
 */
record Snapshot(
    UUID id,
    UUID credential,
    int version,
    String dialect,
    Selection selection,
    boolean truncated,
    int tables,
    int columns,
    List<Discovered.Fault> faults,
    Instant takenAt) {

  Snapshot {
    faults = List.copyOf(faults);
  }

  static Snapshot of(
      UUID id,
      UUID credential,
      int version,
      String dialect,
      Selection selection,
      Discovered found,
      Instant takenAt) {
    return new Snapshot(
        id,
        credential,
        version,
        dialect,
        selection,
        found.truncated(),
        found.tables().size(),
        found.columns(),
        found.faults(),
        takenAt);
  }
}
