package io.coffer.type.connection;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * How a connection is protected. There is no mode that falls back to plain text when the server
 * wants it so.
 */
public enum TlsMode {
  /** Plain text. */
  DISABLE,
  /** Encrypted, with whatever certificate the server shows. */
  REQUIRE,
  /** Encrypted, and the certificate was issued by a trusted authority. */
  VERIFY_CA,
  /** Encrypted, and the certificate is a trusted one for this very host. */
  VERIFY_FULL,
  /** TLS before any word of SQL Server's own protocol (TDS 8), the certificate fully verified. */
  STRICT;

  private static final Set<TlsMode> USUAL = EnumSet.of(DISABLE, REQUIRE, VERIFY_CA, VERIFY_FULL);
  private static final Set<TlsMode> SQL_SERVER = EnumSet.of(DISABLE, REQUIRE, VERIFY_FULL, STRICT);
  private static final Set<TlsMode> ON_OR_OFF = EnumSet.of(DISABLE, VERIFY_FULL);

  /** The name in fields, such as {@code verify-full}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<TlsMode> find(String id) {
    return Arrays.stream(values()).filter(mode -> mode.id().equals(id)).findFirst();
  }

  /** The modes that a dialect can tell apart; none where TLS is always on and verified. */
  public static Set<TlsMode> of(Dialect dialect) {
    return switch (dialect) {
      case POSTGRESQL, REDSHIFT, MYSQL -> EnumSet.copyOf(USUAL);
      case MSSQL -> EnumSet.copyOf(SQL_SERVER);
      case ORACLE, CLICKHOUSE -> EnumSet.copyOf(ON_OR_OFF);
      case SNOWFLAKE, BIGQUERY, DATABRICKS -> EnumSet.noneOf(TlsMode.class);
    };
  }
}
