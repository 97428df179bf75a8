package io.coffer.probe.jdbc;

import io.coffer.egress.GuardedSocketFactory;
import io.coffer.probe.Reason;
import io.coffer.probe.TlsFault;
import io.coffer.probe.Verdict;
import io.coffer.probe.Warning;
import io.coffer.type.connection.ConnectionParts;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.Driver;

/** MySQL and MariaDB, by the driver of the latter. */
final class Mysql implements Database {

  @Override
  public Connection logIn(ConnectionParts parts, SessionTls tls) throws SQLException {
    return properties(parts, tls).connect(new Driver());
  }

  /** Its URL stands above its properties, so that nothing of a user's follows the path. */
  static LogIn properties(ConnectionParts parts, SessionTls tls) throws SQLException {
    String database = parts.database() == null ? "" : parts.database();
    LogIn logIn =
        new LogIn("jdbc:mariadb://" + parts.host().uriText() + ':' + parts.port() + '/' + database)
            .as(parts)
            .set("sslMode", mode(tls))
            .set("socketFactory", GuardedSocketFactory.class.getName())
            .set("connectTimeout", LogIn.CONNECT_MILLIS)
            .set("socketTimeout", LogIn.READ_MILLIS)
            .set("allowLocalInfile", false)
            .set("allowMultiQueries", false)
            .set("allowPublicKeyRetrieval", false)
            .set("permitRedirect", false)
            .set("disconnectOnExpiredPasswords", true)
            .set("fallbackToSystemKeyStore", false)
            .set("maxAllowedPacket", 1 << 20)
            .set("pool", false)
            .set("registerJmxPool", false);
    return tls.hasOwnAuthorities() ? logIn.set("serverSslCert", pem(tls)) : logIn;
  }

  /** Certificates, written by us: the driver would take another text for the name of a file. */
  private static String pem(SessionTls tls) throws SQLException {
    try {
      return tls.pem();
    } catch (GeneralSecurityException e) {
      throw new SQLException("unreadable certificates", e);
    }
  }

  private static String mode(SessionTls tls) {
    return switch (tls.mode()) {
      case DISABLE -> "disable";
      case REQUIRE -> "trust";
      case VERIFY_CA -> "verify-ca";
      case VERIFY_FULL, STRICT -> "verify-full";
    };
  }

  @Override
  public Verdict look(Connection connection) throws SQLException {
    if (!Rows.selectsOne(connection, "select 1")) {
      return Verdict.unknown(Reason.INCONCLUSIVE);
    }
    Optional<List<@Nullable String>> grant = Rows.one(connection, "show grants");
    boolean all =
        grant
            .map(row -> String.valueOf(row.getFirst()).toUpperCase(Locale.ROOT))
            .filter(text -> text.startsWith("GRANT ALL PRIVILEGES ON *.*"))
            .isPresent();
    return all ? Verdict.valid().withWarnings(Warning.SUPERUSER) : Verdict.valid();
  }

  @Override
  public Optional<Verdict> read(Trouble trouble) {
    Verdict verdict =
        switch (trouble.code()) {
          case 1045, 1698 -> refused(trouble);
          case 3118, 4151 -> Verdict.invalid(Reason.REVOKED_OR_DISABLED);
          case 1820, 1862 -> Verdict.invalid(Reason.EXPIRED);
          case 1044, 1142, 1143, 1227, 1370 -> Verdict.unusable(Reason.MISSING_SCOPE);
          case 1049 -> Verdict.unusable(Reason.DATABASE_MISSING);
          case 1203, 1226 -> Verdict.unusable(Reason.QUOTA);
          case 1129, 1130 -> Verdict.unknown(Reason.BLOCKED_BY_POLICY);
          case 1040, 1053 -> Verdict.unknown(Reason.PROVIDER_ERROR);
          case 3159 -> Verdict.unknown(Reason.TLS).withTls(TlsFault.REQUIRED);
          case 1251, 1275, 2059 -> Verdict.unknown(Reason.INCONCLUSIVE);
          case 1317, 1969, 3024 -> Verdict.unknown(Reason.TIMEOUT);
          default -> null;
        };
    boolean noTls = trouble.tls().wanted() && trouble.says("ssl not enabled in the server");
    return verdict == null && noTls
        ? Optional.of(Verdict.unknown(Reason.TLS).withTls(TlsFault.NOT_OFFERED))
        : Optional.ofNullable(verdict);
  }

  /** An account that demands TLS refuses a right password in the very same words. */
  private static Verdict refused(Trouble trouble) {
    Verdict verdict = Verdict.invalid(Reason.BAD_SECRET);
    return trouble.tls().wanted() ? verdict : verdict.weakly();
  }
}
