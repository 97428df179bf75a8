package io.coffer.type.connection;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The databases whose connection strings are understood. */
public enum Dialect {
  POSTGRESQL(5432),
  MYSQL(3306),
  MSSQL(1433),
  REDSHIFT(5439),
  ORACLE(1521),
  CLICKHOUSE(8443),
  SNOWFLAKE(443),
  BIGQUERY(443),
  DATABRICKS(443);

  private static final int CLICKHOUSE_PLAIN_PORT = 8123;

  private final int port;

  Dialect(int port) {
    this.port = port;
  }

  /** The name in type definitions, such as {@code postgresql}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The dialect of that name. */
  public static Optional<Dialect> find(String id) {
    return Arrays.stream(values()).filter(dialect -> dialect.id().equals(id)).findFirst();
  }

  /** The port that holds where none is given. */
  int defaultPort(boolean withoutTls) {
    return this == CLICKHOUSE && withoutTls ? CLICKHOUSE_PLAIN_PORT : port;
  }

  /** Whether the provider's own service is the only host, so that neither port nor TLS vary. */
  public boolean hosted() {
    return this == SNOWFLAKE || this == BIGQUERY || this == DATABRICKS;
  }

  /** Whether a text is a host name at which workspaces of Databricks answer. */
  public static boolean isDatabricksHost(String text) {
    try {
      return Grammars.isDatabricks(HostName.of(text).text());
    } catch (ConnectionRefusal refused) {
      return false;
    }
  }
}
