package io.coffer.probe.jdbc;

import com.microsoft.sqlserver.jdbc.SQLServerDriver;
import io.coffer.egress.GuardedSocketFactory;
import io.coffer.probe.Reason;
import io.coffer.probe.Verdict;
import io.coffer.probe.Warning;
import io.coffer.type.connection.ConnectionParts;
import io.coffer.type.connection.Property;
import io.coffer.type.connection.TlsMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** SQL Server and Azure SQL. */
final class Mssql implements Database {

  private static final String URL = "jdbc:sqlserver://";

  @Override
  public boolean canLogIn(ConnectionParts parts, SessionTls tls) {
    // Other ways need a token of Azure's first; a trust store of its own the driver has in a file.
    boolean byPassword =
        parts.property(Property.AUTHENTICATION).orElse("SqlPassword").equals("SqlPassword");
    return parts.password() != null && byPassword && !tls.hasOwnAuthorities();
  }

  @Override
  public Connection logIn(ConnectionParts parts, SessionTls tls) throws SQLException {
    return properties(parts, tls).connect(new SQLServerDriver());
  }

  static LogIn properties(ConnectionParts parts, SessionTls tls) {
    return new LogIn(URL)
        .as(parts)
        .set("serverName", parts.host().text())
        .set("portNumber", parts.port())
        .set("databaseName", parts.database())
        .set("encrypt", encrypt(tls.mode()))
        .set("trustServerCertificate", tls.mode() == TlsMode.REQUIRE)
        .set(
            "hostNameInCertificate", parts.property(Property.HOST_NAME_IN_CERTIFICATE).orElse(null))
        .set("applicationIntent", parts.property(Property.APPLICATION_INTENT).orElse(null))
        .set("authentication", "SqlPassword")
        .set("socketFactoryClass", GuardedSocketFactory.class.getName())
        .set("loginTimeout", LogIn.READ_MILLIS / 1000)
        .set("socketTimeout", LogIn.READ_MILLIS)
        .set("queryTimeout", LogIn.READ_MILLIS / 1000)
        .set("lockTimeout", 1000)
        .set("connectRetryCount", 0)
        .set("transparentNetworkIPResolution", false)
        .set("multiSubnetFailover", false)
        .set("integratedSecurity", false)
        .set("columnEncryptionSetting", "Disabled")
        .set("workstationID", LogIn.APPLICATION)
        .set("applicationName", LogIn.APPLICATION);
  }

  private static String encrypt(TlsMode mode) {
    return switch (mode) {
      case DISABLE -> "false";
      case REQUIRE, VERIFY_CA, VERIFY_FULL -> "true";
      case STRICT -> "strict";
    };
  }

  @Override
  public Verdict look(Connection connection) throws SQLException {
    if (!Rows.selectsOne(connection, "select 1")) {
      return Verdict.unknown(Reason.INCONCLUSIVE);
    }
    Optional<List<@Nullable String>> role =
        Rows.one(connection, "select is_srvrolemember('sysadmin')");
    boolean all = role.filter(row -> "1".equals(row.getFirst())).isPresent();
    return all ? Verdict.valid().withWarnings(Warning.SUPERUSER) : Verdict.valid();
  }

  @Override
  public Optional<Verdict> read(Trouble trouble) {
    Verdict verdict =
        switch (trouble.code()) {
          case 18456 -> Verdict.invalid(Reason.BAD_SECRET);
          case 18470, 18486 -> Verdict.invalid(Reason.REVOKED_OR_DISABLED);
          case 18487, 18488 -> Verdict.invalid(Reason.EXPIRED);
          case 911, 4060, 4064, 40532 -> Verdict.unusable(Reason.DATABASE_MISSING);
          case 229, 230, 297, 300, 916, 15247 -> Verdict.unusable(Reason.MISSING_SCOPE);
          case 40615, 40914, 47073 -> Verdict.unknown(Reason.BLOCKED_BY_POLICY);
          case 10928,
              10929,
              17142,
              18401,
              18461,
              40197,
              40501,
              40544,
              40549,
              40613,
              49918,
              49919,
              49920 ->
              Verdict.unknown(Reason.PROVIDER_ERROR);
          case -2, 1222 -> Verdict.unknown(Reason.TIMEOUT);
          default -> null;
        };
    return Optional.ofNullable(verdict);
  }
}
