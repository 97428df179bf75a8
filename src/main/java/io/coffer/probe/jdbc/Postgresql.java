package io.coffer.probe.jdbc;

import io.coffer.egress.GuardedSocketFactory;
import io.coffer.probe.Reason;
import io.coffer.probe.TlsFault;
import io.coffer.probe.Verdict;
import io.coffer.probe.Warning;
import io.coffer.type.connection.ConnectionParts;
import io.coffer.type.connection.Property;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** PostgreSQL, and what speaks like it. */
final class Postgresql implements Database {

  /** Host, port and database stand in properties, where none of them is parsed. */
  private static final String URL = "jdbc:postgresql://";

  private static final String USUAL_DATABASE = "postgres";
  private static final String LIMITS =
      "-c statement_timeout=5000 -c lock_timeout=1000 -c default_transaction_read_only=on"
          + " -c idle_in_transaction_session_timeout=10000";
  private static final String ROLE =
      """
      select rolsuper, case when isfinite(rolvaliduntil)
        then extract(epoch from rolvaliduntil)::bigint end
      from pg_catalog.pg_roles where rolname = current_user""";

  @Override
  public Connection logIn(ConnectionParts parts, SessionTls tls) throws SQLException {
    try {
      return properties(parts, tls).set("options", LIMITS).connect(new Driver());
    } catch (SQLException e) {
      // Some poolers take no such words at the start of a connection.
      if (!"08P01".equals(e.getSQLState())) {
        throw e;
      }
      return properties(parts, tls).connect(new Driver());
    }
  }

  static LogIn properties(ConnectionParts parts, SessionTls tls) {
    return new LogIn(URL)
        .as(parts)
        .set("PGHOST", parts.host().text())
        .set("PGPORT", parts.port())
        .set("PGDBNAME", Optional.ofNullable(parts.database()).orElse(USUAL_DATABASE))
        .set("sslmode", tls.mode().id())
        .set("sslfactory", SessionTlsFactory.class.getName())
        .set("sslResponseTimeout", LogIn.CONNECT_MILLIS)
        .set("socketFactory", GuardedSocketFactory.class.getName())
        // The thread's loader knows our classes, wherever the driver's own comes from.
        .set("classLoaderStrategy", "context-first")
        .set("connectTimeout", LogIn.CONNECT_MILLIS / 1000)
        .set("socketTimeout", LogIn.READ_MILLIS / 1000)
        .set("gssEncMode", "disable")
        .set("channelBinding", parts.property(Property.CHANNEL_BINDING).orElse("prefer"))
        .set("maxResultBuffer", "16M")
        .set("readOnly", true)
        .set("ApplicationName", LogIn.APPLICATION);
  }

  @Override
  public Verdict look(Connection connection) throws SQLException {
    if (!Rows.selectsOne(connection, "select 1")) {
      return Verdict.unknown(Reason.INCONCLUSIVE);
    }
    Optional<List<@Nullable String>> role = Rows.one(connection, ROLE);
    Verdict verdict = Verdict.valid();
    if (role.isPresent()) {
      String expiry = role.get().getLast();
      verdict =
          verdict.withExpiry(expiry == null ? null : Instant.ofEpochSecond(Long.parseLong(expiry)));
      if ("t".equals(role.get().getFirst())) {
        verdict = verdict.withWarnings(Warning.SUPERUSER);
      }
    }
    return verdict;
  }

  @Override
  public Optional<Verdict> read(Trouble trouble) {
    return read(trouble, routine(trouble.exception()));
  }

  /**
   * What an error says.
   *
   * @param routine the place in the server's source, which tells apart what shares a state, in
   *     whatever language the server speaks; empty if it is not known
   */
  static Optional<Verdict> read(Trouble trouble, String routine) {
    Verdict verdict =
        switch (trouble.state()) {
          case "28P01" -> Verdict.invalid(Reason.BAD_SECRET);
          case "28000" -> authorization(trouble, routine);
          case "3D000" -> notIn(trouble, Reason.DATABASE_MISSING);
          case "42501" -> notIn(trouble, Reason.MISSING_SCOPE);
          case "53300" -> tooMany(routine);
          case "08004" -> refusedByDriver(trouble);
          case "55000", "57P01", "57P02", "57P03" -> Verdict.unknown(Reason.PROVIDER_ERROR);
          case "57014" -> Verdict.unknown(Reason.TIMEOUT);
          default -> null;
        };
    return Optional.ofNullable(verdict);
  }

  /** The server took the log-in; a database that nobody named is nobody's trouble. */
  private static Verdict notIn(Trouble trouble, Reason reason) {
    return trouble.database() ? Verdict.unusable(reason) : Verdict.valid();
  }

  private static Verdict authorization(Trouble trouble, String routine) {
    if (routine.equals("InitializeSessionUserId")) {
      return Verdict.invalid(Reason.REVOKED_OR_DISABLED);
    }
    // No line of the server's configuration lets us in like this.
    return trouble.tls().wanted()
        ? Verdict.unknown(Reason.BLOCKED_BY_POLICY)
        : Verdict.unknown(Reason.TLS).withTls(TlsFault.REQUIRED);
  }

  /** The limits of a role and of a database are looked at after the password, the server's not. */
  private static Verdict tooMany(String routine) {
    return switch (routine) {
      case "InitializeSessionUserId", "CheckMyDatabase" -> Verdict.unusable(Reason.QUOTA);
      default -> Verdict.unknown(Reason.PROVIDER_ERROR);
    };
  }

  /** The driver gave up by itself: no TLS there, or a way to log in that it has no means for. */
  private static Verdict refusedByDriver(Trouble trouble) {
    return trouble.tls().wanted() && !trouble.tls().begun()
        ? Verdict.unknown(Reason.TLS).withTls(TlsFault.NOT_OFFERED)
        : Verdict.unknown(Reason.INCONCLUSIVE);
  }

  private static String routine(SQLException exception) {
    ServerErrorMessage message =
        exception instanceof PSQLException server ? server.getServerErrorMessage() : null;
    String routine = message == null ? null : message.getRoutine();
    return routine == null ? "" : routine;
  }
}
