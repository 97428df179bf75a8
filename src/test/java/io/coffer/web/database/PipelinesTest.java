package io.coffer.web.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.testing.SilentProxy;
import io.coffer.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Connections that carry several statements at a time. */
class PipelinesTest {

  /** With this, a connection that is silent for two seconds and a half is closed. */
  private static final DatabaseConfig CONFIG =
      new SmallRyeConfigBuilder()
          .withMapping(DatabaseConfig.class)
          .withConverter(Duration.class, 100, new DurationConverter())
          .withDefaultValues(
              Map.of(
                  "coffer.database.statement-timeout", "250ms", "coffer.database.pipelines", "1"))
          .build()
          .getConfigMapping(DatabaseConfig.class);

  /** Seldom enough that a pipeline takes eight seconds to fill. */
  private static final long EVERY_MILLIS = 500;

  private static final long LIMIT_SECONDS = 6;

  @Test
  void giveASilentServerUpThoughMoreIsAskedOfItMeanwhile() {
    try (TestDatabase database = TestDatabase.create();
        SilentProxy proxy = SilentProxy.before(database.address().getPort())) {
      Pipelines pipelines = pipelines(database, proxy.port());
      assertThat(asked(pipelines).join()).isEqualTo(1);
      proxy.beSilent();
      CompletableFuture<Integer> first = asked(pipelines);
      List<CompletableFuture<Integer>> more = new CopyOnWriteArrayList<>();
      long timer = database.vertx().setPeriodic(EVERY_MILLIS, _ -> more.add(asked(pipelines)));
      assertThatThrownBy(() -> first.get(LIMIT_SECONDS, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .matches(DatabaseTrouble::isBehind);
      database.vertx().cancelTimer(timer);
      proxy.speak();
      pipelines.close();
    }
  }

  @Test
  void areCountedAmongTheOpenConnections() {
    try (TestDatabase database = TestDatabase.create()) {
      SimpleMeterRegistry registry = new SimpleMeterRegistry();
      BoundedPool settings = new BoundedPool(CONFIG, registry);
      Pipelines pipelines = pipelines(database, database.address().getPort(), settings);
      double before = registry.get("coffer.database.connections").gauge().value();
      assertThat(asked(pipelines).join()).isEqualTo(1);
      assertThat(registry.get("coffer.database.connections").gauge().value()).isEqualTo(before + 1);
      pipelines.close();
      // The gauge does not keep it.
      Reference.reachabilityFence(settings);
    }
  }

  private static CompletableFuture<Integer> asked(Pipelines pipelines) {
    return pipelines
        .client()
        .preparedQuery("select 1")
        .execute()
        .map(rows -> rows.iterator().next().getInteger(0))
        .subscribeAsCompletionStage();
  }

  private static Pipelines pipelines(TestDatabase database, int port) {
    return pipelines(database, port, new BoundedPool(CONFIG, new SimpleMeterRegistry()));
  }

  private static Pipelines pipelines(TestDatabase database, int port, BoundedPool settings) {
    Vertx vertx = database.vertx().getDelegate();
    PgConnectOptions server =
        database.address().setPort(port).setCachePreparedStatements(true).setPipeliningLimit(256);
    Pool pool = Pool.newInstance(settings.create(new Given(vertx, List.of(server))));
    return new Pipelines(vertx, pool, settings, CONFIG);
  }

  /** What the extension would hand over. */
  private record Given(Vertx vertx, List<PgConnectOptions> pgConnectOptionsList)
      implements PgPoolCreator.Input {
    @Override
    public PoolOptions poolOptions() {
      return new PoolOptions();
    }
  }
}
