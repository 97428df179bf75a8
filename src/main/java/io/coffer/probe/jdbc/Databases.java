package io.coffer.probe.jdbc;

import io.coffer.type.connection.Dialect;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The databases that are reached through a driver, and the drivers that are here. */
@ApplicationScoped
class Databases {

  private static final Set<Dialect> SPOKEN =
      Set.of(Dialect.POSTGRESQL, Dialect.MYSQL, Dialect.MSSQL, Dialect.REDSHIFT, Dialect.ORACLE);

  private final Map<Dialect, Database> present =
      Map.of(
          Dialect.POSTGRESQL, new Postgresql(),
          Dialect.MYSQL, new Mysql(),
          Dialect.MSSQL, new Mssql(),
          Dialect.REDSHIFT, new Redshift());

  /** Whether a driver is the way to that database at all. */
  static boolean speaks(Dialect dialect) {
    return SPOKEN.contains(dialect);
  }

  /** The database; empty if its driver is not installed. */
  Optional<Database> find(Dialect dialect) {
    return Optional.ofNullable(present.get(dialect));
  }
}
