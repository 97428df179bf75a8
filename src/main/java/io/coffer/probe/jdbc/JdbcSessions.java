package io.coffer.probe.jdbc;

import io.coffer.egress.Destination;
import io.coffer.egress.EgressFailure;
import io.coffer.egress.GuardedSockets;
import io.coffer.egress.SocketSession;
import io.coffer.probe.EgressVerdicts;
import io.coffer.probe.ProbeRequest;
import io.coffer.probe.Reason;
import io.coffer.probe.Verdict;
import io.coffer.type.connection.ConnectionParts;
import io.coffer.type.connection.Dialect;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Logs in to the database of a credential, over guarded sockets, for whoever has work there. */
@ApplicationScoped
public class JdbcSessions {

  private final GuardedSockets sockets;
  private final Databases databases;
  private final Clock clock;

  JdbcSessions(GuardedSockets sockets, Databases databases) {
    this.sockets = sockets;
    this.databases = databases;
    this.clock = Clock.systemUTC();
  }

  /** What is done with a connection; runs on a virtual thread. */
  @FunctionalInterface
  public interface Work<T> {
    T run(Connection connection, Dialect dialect) throws SQLException;
  }

  /** What is done with a connection by those who know the database. */
  @FunctionalInterface
  interface Look<T> {
    T at(Database database, Described described, Connection connection) throws SQLException;
  }

  /** There was no connection, or no work on it; the verdict says what that shows of the value. */
  public static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Verdict verdict;

    Refused(Verdict verdict) {
      super("no work with the database: " + verdict.reason().wireName(), null, false, false);
      this.verdict = verdict;
    }

    public Verdict verdict() {
      return verdict;
    }
  }

  /** Which database the credential is for; empty if none that is reached through a driver. */
  public Optional<Dialect> dialect(ProbeRequest request) {
    return Described.dialect(request).filter(Databases::speaks);
  }

  /**
   * Does work with the credential's database.
   *
   * @param request whose deadline ends it; its secrets stay the caller's
   * @param bytes how many bytes may be received
   * @return fails with {@link Refused} alone
   */
  public <T> Uni<T> work(ProbeRequest request, long bytes, Work<T> work) {
    return look(
        request,
        left(request),
        bytes,
        (_, described, connection) -> work.run(connection, described.parts().dialect()));
  }

  <T> Uni<T> look(ProbeRequest request, Duration longest, long bytes, Look<T> look) {
    return Uni.createFrom()
        .deferred(
            () -> {
              Duration left = left(request);
              return begin(request, left.compareTo(longest) < 0 ? left : longest, bytes, look);
            });
  }

  private Duration left(ProbeRequest request) {
    return Duration.between(clock.instant(), request.deadline());
  }

  private <T> Uni<T> begin(ProbeRequest request, Duration time, long bytes, Look<T> look) {
    Optional<Dialect> dialect = dialect(request);
    if (dialect.isEmpty()) {
      return refused(Verdict.notProbed());
    }
    Optional<Database> database = databases.find(dialect.get());
    if (database.isEmpty()) {
      return refused(Verdict.unknown(Reason.DRIVER_MISSING));
    }
    return Described.read(request, dialect.get())
        .map(described -> logIn(request, time, bytes, database.get(), described, look))
        .orElseGet(() -> refused(Verdict.unknown(Reason.INCOMPLETE)));
  }

  private static <T> Uni<T> refused(Verdict verdict) {
    return Uni.createFrom().failure(new Refused(verdict));
  }

  private <T> Uni<T> logIn(
      ProbeRequest request,
      Duration time,
      long bytes,
      Database database,
      Described described,
      Look<T> look) {
    ConnectionParts parts = described.parts();
    if (!database.canLogIn(parts, described.tls()) || described.byCertificate()) {
      described.close();
      return refused(Verdict.unknown(Reason.INCONCLUSIVE));
    }
    Destination destination =
        new Destination(
            parts.host().text(),
            parts.port(),
            Set.of(parts.dialect().usualPort(null)),
            request.organization());
    return sockets
        .hold(destination, time, bytes, session -> withTls(database, described, session, look))
        .onFailure(EgressFailure.class)
        .transform(failure -> new Refused(EgressVerdicts.of((EgressFailure) failure)))
        .onTermination()
        .invoke(described::close);
  }

  private static <T> T withTls(
      Database database, Described described, SocketSession session, Look<T> look) {
    Thread.currentThread().setContextClassLoader(JdbcSessions.class.getClassLoader());
    return ScopedValue.where(SessionTls.CURRENT, described.tls())
        .call(() -> logInAndLook(database, described, session, look));
  }

  // Drivers throw more than they declare: whatever it is, it says nothing of the value.
  private static <T> T logInAndLook(
      Database database, Described described, SocketSession session, Look<T> look) {
    try {
      Connection connection =
          session.overAddresses(() -> database.logIn(described.parts(), described.tls()));
      try (connection) {
        return look.at(database, described, connection);
      }
    } catch (SQLException | RuntimeException | LinkageError failure) {
      boolean named = described.parts().database() != null;
      throw new Refused(Reading.of(failure, database, described.tls(), named, session.failure()));
    }
  }
}
