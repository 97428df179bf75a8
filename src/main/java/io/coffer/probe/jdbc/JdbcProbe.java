package io.coffer.probe.jdbc;

import io.coffer.egress.Destination;
import io.coffer.egress.EgressFailure;
import io.coffer.egress.GuardedSockets;
import io.coffer.egress.SocketSession;
import io.coffer.probe.EgressVerdicts;
import io.coffer.probe.Probe;
import io.coffer.probe.ProbeRequest;
import io.coffer.probe.Reason;
import io.coffer.probe.Verdict;
import io.coffer.probe.Warning;
import io.coffer.type.connection.ConnectionParts;
import io.coffer.type.connection.Dialect;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Logs in to the database of a credential, asks for one row, and leaves. */
@ApplicationScoped
class JdbcProbe implements Probe {

  private static final int VERSION = 1;
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final long MOST_BYTES = 1 << 20;

  private final GuardedSockets sockets;
  private final Databases databases;
  private final Clock clock;

  @Inject
  JdbcProbe(GuardedSockets sockets, Databases databases) {
    this.sockets = sockets;
    this.databases = databases;
    this.clock = Clock.systemUTC();
  }

  @Override
  public String kind() {
    return "jdbc";
  }

  @Override
  public int version() {
    return VERSION;
  }

  @Override
  public String host(ProbeRequest request) {
    return Described.host(request);
  }

  @Override
  public Uni<Verdict> probe(ProbeRequest request) {
    return Uni.createFrom().deferred(() -> begin(request));
  }

  private Uni<Verdict> begin(ProbeRequest request) {
    Optional<Dialect> dialect = Described.dialect(request);
    if (dialect.isEmpty() || !Databases.speaks(dialect.get())) {
      return Uni.createFrom().item(Verdict.notProbed());
    }
    Optional<Database> database = databases.find(dialect.get());
    if (database.isEmpty()) {
      return Uni.createFrom().item(Verdict.unknown(Reason.DRIVER_MISSING));
    }
    return Described.read(request, dialect.get())
        .map(described -> logIn(request, database.get(), described))
        .orElseGet(() -> Uni.createFrom().item(Verdict.unknown(Reason.INCOMPLETE)));
  }

  private Uni<Verdict> logIn(ProbeRequest request, Database database, Described described) {
    ConnectionParts parts = described.parts();
    if (!database.canLogIn(parts, described.tls()) || described.byCertificate()) {
      described.close();
      return Uni.createFrom().item(Verdict.unknown(Reason.INCONCLUSIVE));
    }
    Destination destination =
        new Destination(
            parts.host().text(),
            parts.port(),
            Set.of(parts.dialect().usualPort(null)),
            request.organization());
    return sockets
        .hold(destination, left(request), MOST_BYTES, session -> look(database, described, session))
        .onFailure(EgressFailure.class)
        .recoverWithItem(failure -> EgressVerdicts.of((EgressFailure) failure))
        .onTermination()
        .invoke(described::close);
  }

  private Duration left(ProbeRequest request) {
    Duration left = Duration.between(clock.instant(), request.deadline());
    return left.compareTo(LONGEST) < 0 ? left : LONGEST;
  }

  private static Verdict look(Database database, Described described, SocketSession session)
      throws SQLException {
    Thread.currentThread().setContextClassLoader(JdbcProbe.class.getClassLoader());
    SessionTls tls = described.tls();
    return ScopedValue.where(SessionTls.CURRENT, tls)
        .call(() -> logInAndLook(database, described, session));
  }

  // Drivers throw more than they declare: whatever it is, it says nothing of the value.
  private static Verdict logInAndLook(
      Database database, Described described, SocketSession session) {
    try {
      Connection connection =
          session.overAddresses(() -> database.logIn(described.parts(), described.tls()));
      try (connection) {
        return warned(database.look(connection), described);
      }
    } catch (SQLException | RuntimeException | LinkageError failure) {
      boolean named = described.parts().database() != null;
      return Reading.of(failure, database, described.tls(), named, session.failure());
    }
  }

  private static Verdict warned(Verdict verdict, Described described) {
    return switch (described.tls().mode()) {
      case DISABLE -> verdict.withWarnings(Warning.PLAIN_TEXT_CONNECTION);
      case REQUIRE -> verdict.withWarnings(Warning.UNVERIFIED_CONNECTION);
      case VERIFY_CA, VERIFY_FULL, STRICT -> verdict;
    };
  }
}
