package io.coffer.job;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** The tables of jobs. Leases are measured by the database's clock, which all replicas share. */
@ApplicationScoped
class JobStore {

  private static final String COLUMNS =
      "id, kind, parameters, state, \"cursor\", total, done, failed, waits_for, created_by,"
          + " created_at, finished_at";

  private final Pool pool;

  JobStore(Pool pool) {
    this.pool = pool;
  }

  /**
   * Stores a new job; empty if another one of its kind is under way that excludes it.
   *
   * @param alongside what belongs into the same transaction, once there is a job
   */
  Uni<Optional<Job>> create(
      String kind,
      JsonObject parameters,
      long total,
      String createdBy,
      BiFunction<SqlClient, Job, Uni<Void>> alongside) {
    return pool.withTransaction(
        connection ->
            one(
                    connection,
                    "insert into job (kind, parameters, total, created_by)"
                        + " values ($1, $2, $3, $4) on conflict do nothing returning "
                        + COLUMNS,
                    Tuple.of(kind, parameters, total, createdBy))
                .call(
                    created ->
                        created.isEmpty()
                            ? Uni.createFrom().voidItem()
                            : alongside.apply(connection, created.get())));
  }

  Uni<Optional<Job>> find(UUID id) {
    return one(pool, "select " + COLUMNS + " from job where id = $1", Tuple.of(id));
  }

  /** The newest jobs of a kind. */
  Uni<List<Job>> newest(String kind, int limit) {
    return run(
            pool,
            "select " + COLUMNS + " from job where kind = $1 order by created_at desc, id limit $2",
            Tuple.of(kind, limit))
        .map(rows -> rows.stream().map(JobStore::read).toList());
  }

  /**
   * The oldest job that nobody works on is the claimant's until its lease ends; where they are of
   * organizations, one of that which has waited longest.
   */
  Uni<Optional<Job>> claim(UUID owner, Set<String> kinds, Duration lease) {
    return one(
        pool,
        "update job set state = 'running', waits_for = null, lease_owner = $1,"
            + " lease_until = now() + $2 * interval '1 millisecond',"
            + " started_at = coalesce(started_at, now())"
            + " where id = (select j.id from job j where j.state <> 'done' and j.kind = any ($3)"
            + " and (j.lease_until is null or j.lease_until < now())"
            + " and (j.not_before is null or j.not_before <= now())"
            + " order by (select max(o.worked_at) from job o"
            + " where o.organization = j.organization) nulls first, j.created_at, j.id"
            + " limit 1 for update of j skip locked) returning "
            + COLUMNS,
        Tuple.from(Arrays.asList(owner, (double) lease.toMillis(), kinds.toArray(String[]::new))));
  }

  /** Keeps what a step did, and the lease; empty if the lease was lost. */
  Uni<Optional<Job>> advance(Job job, UUID owner, JobStep.Progress step, Duration lease) {
    return pool.withTransaction(
        connection ->
            one(
                    connection,
                    "update job set \"cursor\" = $3, done = done + $4, failed = failed + $5,"
                        + " lease_until = now() + $6 * interval '1 millisecond'"
                        + " where id = $1 and lease_owner = $2 and state = 'running'"
                        + " returning "
                        + COLUMNS,
                    Tuple.from(
                        Arrays.asList(
                            job.id(),
                            owner,
                            step.cursor(),
                            step.done(),
                            step.failures().size(),
                            (double) lease.toMillis())))
                .call(
                    kept ->
                        kept.isEmpty() || step.failures().isEmpty()
                            ? Uni.createFrom().voidItem()
                            : addFailures(connection, job.id(), step.failures())));
  }

  /** Lets go of a job, which rests for a while. */
  Uni<Void> pause(Job job, UUID owner, String reason, Duration pause) {
    return run(
            pool,
            "update job set state = 'waiting', waits_for = $3, lease_owner = null,"
                + " lease_until = null, not_before = now() + $4 * interval '1 millisecond'"
                + " where id = $1 and lease_owner = $2",
            Tuple.of(job.id(), owner, reason, (double) pause.toMillis()))
        .replaceWithVoid();
  }

  /** Lets go of a job, so that others have their turn. */
  Uni<Void> letGo(Job job, UUID owner) {
    return run(
            pool,
            "update job set state = 'waiting', lease_owner = null, lease_until = null,"
                + " worked_at = clock_timestamp() where id = $1 and lease_owner = $2",
            Tuple.of(job.id(), owner))
        .replaceWithVoid();
  }

  Uni<Void> finish(Job job, UUID owner) {
    return run(
            pool,
            "update job set state = 'done', finished_at = now(), worked_at = now(),"
                + " lease_owner = null,"
                + " lease_until = null where id = $1 and lease_owner = $2",
            Tuple.of(job.id(), owner))
        .replaceWithVoid();
  }

  /** Why each object that could not be dealt with could not, by object. */
  Uni<Map<UUID, String>> failures(UUID job, int limit) {
    return run(
            pool,
            "select object, reason from job_failure where job = $1 order by object limit $2",
            Tuple.of(job, limit))
        .map(
            rows ->
                rows.stream()
                    .collect(
                        Collectors.toMap(
                            row -> row.getUUID(0),
                            row -> row.getString(1),
                            (one, _) -> one,
                            TreeMap::new)));
  }

  private static Uni<Void> addFailures(SqlClient connection, UUID job, Map<UUID, String> failures) {
    List<Tuple> rows =
        failures.entrySet().stream()
            .map(failure -> Tuple.of(job, failure.getKey(), failure.getValue()))
            .toList();
    return connection
        .preparedQuery(
            "insert into job_failure (job, object, reason) values ($1, $2, $3)"
                + " on conflict do nothing")
        .executeBatch(rows)
        .replaceWithVoid();
  }

  private static Uni<Optional<Job>> one(SqlClient client, String sql, Tuple parameters) {
    return run(client, sql, parameters).map(rows -> rows.stream().map(JobStore::read).findFirst());
  }

  private static Uni<RowSet<Row>> run(SqlClient client, String sql, Tuple parameters) {
    return client
        .preparedQuery(sql)
        .execute(parameters)
        .onFailure()
        // The client's own exceptions quote parameters.
        .transform(failure -> new JobFailure.StoreUnavailable(failure.getClass().getSimpleName()));
  }

  private static Job read(Row row) {
    OffsetDateTime finishedAt = row.getOffsetDateTime("finished_at");
    return new Job(
        row.getUUID("id"),
        row.getString("kind"),
        row.getJsonObject("parameters"),
        Job.State.ofStored(row.getString("state")),
        row.getUUID("cursor"),
        row.getLong("total"),
        row.getLong("done"),
        row.getLong("failed"),
        row.getString("waits_for"),
        row.getString("created_by"),
        row.getOffsetDateTime("created_at").toInstant(),
        finishedAt == null ? null : finishedAt.toInstant());
  }
}
