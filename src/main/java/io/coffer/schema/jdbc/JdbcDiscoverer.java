package io.coffer.schema.jdbc;

import io.coffer.probe.ProbeRequest;
import io.coffer.probe.jdbc.JdbcSessions;
import io.coffer.schema.Discovered;
import io.coffer.schema.Discoverer;
import io.coffer.schema.DiscoveryFailure;
import io.coffer.schema.Limits;
import io.coffer.schema.Selection;
import io.coffer.type.connection.Dialect;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/** Discovers what databases hold that are reached through a driver. */
@ApplicationScoped
class JdbcDiscoverer implements Discoverer {

  private static final Map<Dialect, Catalogue> CATALOGUES =
      Map.of(
          Dialect.POSTGRESQL, new PostgresqlCatalogue(),
          Dialect.MYSQL, new MysqlCatalogue(),
          Dialect.MSSQL, new MssqlCatalogue(),
          Dialect.REDSHIFT, new RedshiftCatalogue());

  private final JdbcSessions sessions;

  JdbcDiscoverer(JdbcSessions sessions) {
    this.sessions = sessions;
  }

  @Override
  public String dialect(ProbeRequest request) {
    return sessions.dialect(request).filter(CATALOGUES::containsKey).map(Dialect::id).orElse("");
  }

  @Override
  public Uni<Discovered> discover(ProbeRequest request, Selection wanted, Bounds bounds) {
    return sessions
        .work(
            request,
            bounds.bytes(),
            (connection, dialect) -> read(connection, dialect, wanted, bounds.limits()))
        .onFailure(JdbcSessions.Refused.class)
        .transform(
            failure -> new DiscoveryFailure.Refused(((JdbcSessions.Refused) failure).verdict()));
  }

  private static Discovered read(
      Connection connection, Dialect dialect, Selection wanted, Limits limits) throws SQLException {
    Catalogue catalogue = CATALOGUES.get(dialect);
    if (catalogue == null) {
      throw new SQLException("no catalogue of " + dialect.id());
    }
    return catalogue.read(connection, wanted, limits);
  }
}
