package io.coffer.web.database;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Bounds of the database pool that serves requests. */
@ConfigMapping(prefix = "coffer.database")
public interface DatabaseConfig {

  /** How long a request waits for a connection before it is answered with 503. */
  @WithDefault("5S")
  Duration acquireTimeout();

  /** How many requests may wait for a connection; the next one is answered with 503 at once. */
  @WithDefault("2000")
  int maxWaiting();

  /**
   * How long the server may work on one statement before it gives up. A connection that is silent
   * for more than twice as long is closed.
   */
  @WithDefault("10S")
  Duration statementTimeout();

  /**
   * How many connections, beside those of the pool, serve what is used; each carries several
   * statements at a time. With {@code quarkus.datasource.reactive.postgresql.pipelining-limit=1},
   * for a proxy that does not know pipelining, each carries one: give it more of them then.
   */
  @WithDefault("4")
  int pipelines();

  /** How long a connection attempt may take. */
  @WithDefault("3S")
  Duration connectTimeout();
}
