package io.coffer.type.connection;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The databases whose connection strings are understood. */
public enum Dialect {
  POSTGRESQL(5432),
  MYSQL(3306),
  MSSQL(1433),
  REDSHIFT(5439),
  ORACLE(2484, 1521),
  CLICKHOUSE(8443, 8123),
  SNOWFLAKE(443),
  BIGQUERY(443),
  DATABRICKS(443);

  private final int port;
  private final int plainPort;

  Dialect(int port) {
    this(port, port);
  }

  Dialect(int port, int plainPort) {
    this.port = port;
    this.plainPort = plainPort;
  }

  /** The name in type definitions, such as {@code postgresql}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The dialect of that name. */
  public static Optional<Dialect> find(String id) {
    return Arrays.stream(values()).filter(dialect -> dialect.id().equals(id)).findFirst();
  }

  /**
   * The port that holds where none is given.
   *
   * @param tls null for the default, which encrypts
   */
  public int usualPort(@Nullable TlsMode tls) {
    return tls == TlsMode.DISABLE ? plainPort : port;
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
