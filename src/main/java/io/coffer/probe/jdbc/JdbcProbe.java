package io.coffer.probe.jdbc;

import io.coffer.probe.Probe;
import io.coffer.probe.ProbeRequest;
import io.coffer.probe.Verdict;
import io.coffer.probe.Warning;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Logs in to the database of a credential, asks for one row, and leaves. */
@ApplicationScoped
class JdbcProbe implements Probe {

  private static final int VERSION = 1;
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final long MOST_BYTES = 1 << 20;

  private final JdbcSessions sessions;

  JdbcProbe(JdbcSessions sessions) {
    this.sessions = sessions;
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
    return sessions
        .look(
            request,
            LONGEST,
            MOST_BYTES,
            (database, described, connection) -> warned(database.look(connection), described))
        .onFailure(JdbcSessions.Refused.class)
        .recoverWithItem(failure -> ((JdbcSessions.Refused) failure).verdict());
  }

  private static Verdict warned(Verdict verdict, Described described) {
    return switch (described.tls().mode()) {
      case DISABLE -> verdict.withWarnings(Warning.PLAIN_TEXT_CONNECTION);
      case REQUIRE -> verdict.withWarnings(Warning.UNVERIFIED_CONNECTION);
      case VERIFY_CA, VERIFY_FULL, STRICT -> verdict;
    };
  }
}
