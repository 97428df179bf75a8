package io.coffer.web.database;

import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;

/**
 * Connections for single statements that are short and only read. Each carries several at a time,
 * one behind the other: when many callers ask at once, neither side then goes to sleep and wakes up
 * again for every statement, which costs the server as much as the statement itself.
 */
@Singleton
public class Pipelines {

  /**
   * How many statements may be under way on one connection. With more of them the last waits long
   * for those before it; with fewer there is less to gain.
   */
  private static final int STATEMENTS = 16;

  private final SqlClient client;

  Pipelines(Vertx vertx, Pool pool, BoundedPool settings, DatabaseConfig config) {
    // The pool's settings are known once it is made, which its first use does.
    var unused = pool.size();
    PgConnectOptions server = new PgConnectOptions(settings.server());
    // Who has switched pipelining off, for a proxy that does not know it, has one at a time.
    server.setPipeliningLimit(Math.min(STATEMENTS, server.getPipeliningLimit()));
    // What is asked meanwhile would put off that a silent server is given up: only what it says
    // counts.
    server.setReadIdleTimeout(server.getIdleTimeout());
    PoolOptions bounds =
        settings
            .bounded(new PoolOptions())
            // No longer, so that a slow statement on a connection of that age still is in time.
            .setIdleTimeout((int) config.statementTimeout().toMillis())
            .setMaxSize(config.pipelines());
    var made = PgBuilder.client().with(bounds).connectingTo(server).using(vertx).build();
    client = SqlClient.newInstance(made);
    // It is a pool, though it does not let anybody take a connection out.
    settings.counts((io.vertx.sqlclient.Pool) made);
  }

  /** Takes statements that stand alone: there are no transactions. */
  public SqlClient client() {
    return client;
  }

  @PreDestroy
  void close() {
    client.closeAndForget();
  }
}
