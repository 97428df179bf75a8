package io.coffer.web.database;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes the pool with bounds that the extension leaves open: without them requests would queue
 * without end behind a database that does not answer.
 */
@Singleton
class BoundedPool implements PgPoolCreator {

  /** What an answer of the server may need to arrive. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  /** In characters; longer ones are prepared anew each time. */
  private static final int LONGEST_STATEMENT = 64 * 1024;

  private final DatabaseConfig config;
  private final List<Pool> others = new CopyOnWriteArrayList<>();
  private volatile @Nullable Pool pool;
  private volatile @Nullable PgConnectOptions firstServer;

  BoundedPool(DatabaseConfig config, MeterRegistry registry) {
    this.config = config;
    Gauge.builder("coffer.database.connections", this, BoundedPool::size)
        .description("Open database connections of this replica")
        .register(registry);
  }

  @Override
  public Pool create(Input input) {
    PoolOptions options = bounded(input.poolOptions());
    List<PgConnectOptions> servers = input.pgConnectOptionsList();
    for (PgConnectOptions server : servers) {
      server.setConnectTimeout((int) config.connectTimeout().toMillis());
      // The client's own limit would leave out the very statements that carry the decision.
      server.setPreparedStatementCacheSqlLimit(LONGEST_STATEMENT);
      // Every statement is written to be served by an index whatever its values are. The server
      // would plan some of them anew each time, which costs more than to run them.
      server.addProperty("plan_cache_mode", "force_generic_plan");
      server
          .setIdleTimeout((int) idle().plus(GRACE).toMillis())
          .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
      server.addProperty("statement_timeout", Long.toString(config.statementTimeout().toMillis()));
      // What was answered is durable, whatever the server's default is.
      server.addProperty("synchronous_commit", "on");
    }
    Pool made = Pool.pool(input.vertx(), servers.getFirst(), options);
    pool = made;
    firstServer = servers.getFirst();
    return made;
  }

  /** Sets the bounds of waiting and idling. */
  PoolOptions bounded(PoolOptions options) {
    return options
        .setMaxWaitQueueSize(config.maxWaiting())
        .setConnectionTimeout((int) config.acquireTimeout().toMillis())
        .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
        .setIdleTimeout((int) idle().toMillis())
        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
        .setPoolCleanerPeriod((int) GRACE.toMillis() / 4);
  }

  /** Where the pool connects to, once it is made. */
  PgConnectOptions server() {
    return Objects.requireNonNull(firstServer, "the pool is not made yet");
  }

  /**
   * How long a connection that nobody uses is kept. A little later a silent one is closed even in
   * use, and what waits on it fails: the server ends a statement by itself long before, so that the
   * server or the way to it must hang.
   */
  private Duration idle() {
    return config.statementTimeout().multipliedBy(2);
  }

  /** Counts the connections of another pool, too. */
  void counts(Pool other) {
    others.add(other);
  }

  private double size() {
    Pool made = pool;
    int own = made == null ? 0 : made.size();
    return own + others.stream().mapToInt(Pool::size).sum();
  }
}
