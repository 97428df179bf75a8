package io.coffer.web.database;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import jakarta.inject.Singleton;
import java.util.Map;

/** Connections beside the pool, for who must not wait behind others. */
@Singleton
public class OwnConnections {

  private final Vertx vertx;
  private final Pool pool;
  private final BoundedPool settings;

  OwnConnections(Vertx vertx, Pool pool, BoundedPool settings) {
    this.vertx = vertx;
    this.pool = pool;
    this.settings = settings;
  }

  /**
   * Opens a connection with the settings of the pool; whoever gets it closes it.
   *
   * @param properties settings of the session beside those of the pool
   */
  public Future<PgConnection> open(Map<String, String> properties) {
    // The pool's settings are known once it is made, which its first use does.
    var unused = pool.size();
    PgConnectOptions options =
        new PgConnectOptions(settings.server())
            .setCachePreparedStatements(true)
            .setTcpKeepAlive(true);
    properties.forEach(options::addProperty);
    return PgConnection.connect(vertx, options);
  }
}
