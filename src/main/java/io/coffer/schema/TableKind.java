package io.coffer.schema;

import java.util.Locale;

/** What a relation of a database is. */
public enum TableKind {
  TABLE,
  VIEW,
  MATERIALIZED_VIEW,
  EXTERNAL_TABLE,
  FILE;

  /** The name in answers and in the database. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one of that name. */
  public static TableKind ofStored(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
