package io.coffer.type.connection;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The way in which a string is written, by its scheme.
 *
 * @param grammar which grammar the rest keeps
 * @param dialects the databases that such a string may be for
 */
record Scheme(Grammar grammar, Set<Dialect> dialects) {

  enum Grammar {
    /** {@code scheme://user:password@host:port/database?k=v}. */
    NATIVE,
    /** The same without a user and a password. */
    JDBC,
    /** {@code jdbc:scheme://host:port;k=v}. */
    LIST,
    /** {@code jdbc:oracle:thin:@…}. */
    ORACLE,
    /** {@code bigquery://project/dataset}. */
    PROJECT,
    /** {@code jdbc:bigquery://https://…;k=v}. */
    BIGQUERY
  }

  private static final Map<String, Scheme> NATIVE =
      Map.ofEntries(
          // Clients of the one reach the other too, and its console hands out such strings.
          Map.entry("postgresql", of(Grammar.NATIVE, Dialect.POSTGRESQL, Dialect.REDSHIFT)),
          Map.entry("postgres", of(Grammar.NATIVE, Dialect.POSTGRESQL, Dialect.REDSHIFT)),
          Map.entry("mysql", of(Grammar.NATIVE, Dialect.MYSQL)),
          Map.entry("mariadb", of(Grammar.NATIVE, Dialect.MYSQL)),
          Map.entry("mssql", of(Grammar.NATIVE, Dialect.MSSQL)),
          Map.entry("sqlserver", of(Grammar.NATIVE, Dialect.MSSQL)),
          Map.entry("redshift", of(Grammar.NATIVE, Dialect.REDSHIFT)),
          Map.entry("oracle", of(Grammar.NATIVE, Dialect.ORACLE)),
          Map.entry("clickhouse", of(Grammar.NATIVE, Dialect.CLICKHOUSE)),
          Map.entry("snowflake", of(Grammar.NATIVE, Dialect.SNOWFLAKE)),
          Map.entry("databricks", of(Grammar.NATIVE, Dialect.DATABRICKS)),
          Map.entry("bigquery", of(Grammar.PROJECT, Dialect.BIGQUERY)));

  private static final Map<String, Scheme> JDBC =
      Map.ofEntries(
          Map.entry("postgresql", of(Grammar.JDBC, Dialect.POSTGRESQL)),
          Map.entry("mysql", of(Grammar.JDBC, Dialect.MYSQL)),
          Map.entry("mariadb", of(Grammar.JDBC, Dialect.MYSQL)),
          Map.entry("sqlserver", of(Grammar.LIST, Dialect.MSSQL)),
          Map.entry("redshift", of(Grammar.JDBC, Dialect.REDSHIFT)),
          Map.entry("oracle", of(Grammar.ORACLE, Dialect.ORACLE)),
          Map.entry("clickhouse", of(Grammar.JDBC, Dialect.CLICKHOUSE)),
          Map.entry("ch", of(Grammar.JDBC, Dialect.CLICKHOUSE)),
          Map.entry("snowflake", of(Grammar.JDBC, Dialect.SNOWFLAKE)),
          Map.entry("bigquery", of(Grammar.BIGQUERY, Dialect.BIGQUERY)),
          Map.entry("databricks", of(Grammar.LIST, Dialect.DATABRICKS)),
          Map.entry("spark", of(Grammar.LIST, Dialect.DATABRICKS)));

  /** The scheme of that exact name, null if there is none. */
  static @Nullable Scheme find(boolean jdbc, String name) {
    return (jdbc ? JDBC : NATIVE).get(name);
  }

  /** With what strings for these databases begin, in alphabetical order. */
  static SortedSet<String> beginnings(Collection<Dialect> dialects) {
    SortedSet<String> beginnings = new TreeSet<>();
    NATIVE.forEach((name, scheme) -> add(beginnings, scheme, dialects, name + "://"));
    JDBC.forEach((name, scheme) -> add(beginnings, scheme, dialects, "jdbc:" + name + ':'));
    return beginnings;
  }

  private static void add(
      Set<String> beginnings, Scheme scheme, Collection<Dialect> wanted, String beginning) {
    if (!Collections.disjoint(scheme.dialects(), wanted)) {
      beginnings.add(beginning);
    }
  }

  private static Scheme of(Grammar grammar, Dialect... dialects) {
    return new Scheme(grammar, Set.of(dialects));
  }
}
