package io.coffer.web.database;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Arrays;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.flywaydb.core.Flyway;

/**
 * Ready means that the database answers and has at least the schema that this release was made for.
 */
@Readiness
@ApplicationScoped
class SchemaHealth implements AsyncHealthCheck {

  private static final String NAME = "database";
  private static final Duration DEADLINE = Duration.ofSeconds(3);
  private static final String INSTALLED =
      "select max(version::int) as version from flyway_schema_history where success";

  private final Pool pool;
  private volatile int needed = Integer.MAX_VALUE;

  SchemaHealth(Pool pool) {
    this.pool = pool;
  }

  // At the start, on a thread that may wait: Flyway speaks JDBC.
  void learn(@Observes StartupEvent event, Flyway flyway) {
    needed = newest(flyway);
  }

  @Override
  public Uni<HealthCheckResponse> call() {
    return pool.query(INSTALLED)
        .execute()
        .map(rows -> rows.iterator().next().getInteger("version"))
        .ifNoItem()
        .after(DEADLINE)
        .fail()
        .map(
            installed ->
                HealthCheckResponse.named(NAME)
                    .status(installed != null && installed >= needed)
                    .withData("schema", installed == null ? 0 : installed)
                    .withData("needed", needed)
                    .build())
        .onFailure()
        .recoverWithItem(
            failure ->
                HealthCheckResponse.named(NAME)
                    .down()
                    .withData("failure", failure.getClass().getSimpleName())
                    .build());
  }

  private static int newest(Flyway flyway) {
    return Arrays.stream(flyway.info().all())
        .mapToInt(migration -> Integer.parseInt(migration.getVersion().getVersion()))
        .max()
        .orElse(0);
  }
}
