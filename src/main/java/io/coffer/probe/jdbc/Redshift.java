package io.coffer.probe.jdbc;

import com.amazon.redshift.jdbc.Driver;
import io.coffer.egress.GuardedSocketFactory;
import io.coffer.probe.Reason;
import io.coffer.probe.Verdict;
import io.coffer.probe.Warning;
import io.coffer.type.connection.ConnectionParts;
import io.coffer.type.connection.TlsMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Amazon Redshift with a user and a password of its own. */
final class Redshift implements Database {

  private static final String USUAL_DATABASE = "dev";

  @Override
  public Connection logIn(ConnectionParts parts, SessionTls tls) throws SQLException {
    return properties(parts, tls).connect(new Driver());
  }

  /** The driver takes host, port and database from the URL alone. */
  static LogIn properties(ConnectionParts parts, SessionTls tls) {
    String database = Optional.ofNullable(parts.database()).orElse(USUAL_DATABASE);
    return new LogIn(
            "jdbc:redshift://" + parts.host().uriText() + ':' + parts.port() + '/' + database)
        .as(parts)
        .set("ssl", tls.wanted())
        .set("sslmode", checked(tls.mode()))
        .set("sslfactory", SessionTlsFactory.class.getName())
        .set("socketFactory", GuardedSocketFactory.class.getName())
        .set("connectTimeout", LogIn.CONNECT_MILLIS / 1000)
        .set("socketTimeout", LogIn.READ_MILLIS / 1000)
        .set("loginTimeout", 0)
        .set("iamAuth", false)
        .set("logLevel", 0)
        .set("readOnly", true)
        .set("enableFetchRingBuffer", false)
        .set("enableMultiSqlSupport", false)
        .set("databaseMetadataCurrentDbOnly", true)
        .set("options", "-c statement_timeout=5000")
        .set("ApplicationName", LogIn.APPLICATION);
  }

  /** It knows no mode without TLS, nor one without checks: our own factory makes them lenient. */
  private static @Nullable String checked(TlsMode mode) {
    return switch (mode) {
      case DISABLE -> null;
      case REQUIRE, VERIFY_CA -> "verify-ca";
      case VERIFY_FULL, STRICT -> "verify-full";
    };
  }

  @Override
  public Verdict look(Connection connection) throws SQLException {
    if (!Rows.selectsOne(connection, "select 1")) {
      return Verdict.unknown(Reason.INCONCLUSIVE);
    }
    Optional<List<@Nullable String>> user =
        Rows.one(connection, "select usesuper from pg_user where usename = current_user");
    boolean all = user.filter(row -> "t".equals(row.getFirst())).isPresent();
    return all ? Verdict.valid().withWarnings(Warning.SUPERUSER) : Verdict.valid();
  }

  @Override
  public Optional<Verdict> read(Trouble trouble) {
    // The driver tells no routine; its login errors share 28000 with wrong passwords.
    return trouble.state().equals("28000") && trouble.tls().wanted()
        ? Optional.of(Verdict.invalid(Reason.BAD_SECRET).weakly())
        : Postgresql.read(trouble, "");
  }
}
