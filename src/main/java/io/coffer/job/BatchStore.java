package io.coffer.job;

import io.coffer.access.Caller;
import io.coffer.credential.Probeables;
import io.coffer.probe.BatchChecks.Outcome;
import io.coffer.web.list.SqlText;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Batches of checks in the database: what is to be checked, and what came of it. */
@ApplicationScoped
class BatchStore {

  static final String KIND = "validate_credentials";

  /** How many credentials one batch may have. */
  static final int MOST_ITEMS = 100_000;

  /** How many batches of one organization may be under way. */
  private static final int MOST_OF_ORGANIZATION = 20;

  private static final String CREATE =
      """
      insert into job (id, kind, organization, parameters, total, created_by)
      select $1, $2, $3, $4, 0, $5 where (select count(*) from job
        where organization = $3 and kind = $2 and state <> 'done') < $6""";
  private static final String TOTAL = "update job set total = $2 where id = $1";
  private static final String FORGET =
      "delete from job where kind = $1 and organization = $2"
          + " and finished_at < now() - interval '30 days'";
  private static final String BATCH =
      """
      select j.id, j.state, j.cancelled, j.total, j.waits_for, j.created_at, j.finished_at,
        count(i.sequence) as done,
        count(*) filter (where i.verdict = 'valid') as valid,
        count(*) filter (where i.verdict = 'invalid') as invalid,
        count(*) filter (where i.verdict = 'unknown') as unknown,
        count(*) filter (where i.verdict = 'not_probed') as not_probed
      from job j left join validation_item i on i.job = j.id and i.sequence is not null
      where j.id = $1 and j.kind = $2 and j.organization = $3
        and j.parameters ->> 'principal' = $4::text
      group by j.id""";
  private static final String CANCEL =
      """
      update job set state = 'done', cancelled = true, finished_at = now(), waits_for = null,
        lease_owner = null, lease_until = null
      where id = $1 and state <> 'done'""";
  private static final String TO_DO =
      """
      select i.credential, c.id, c.organization, c.type, c.version, c.revision, c.plain, c.sealed
      from validation_item i
      left join credential c on c.id = i.credential and c.deleted_at is null
      where i.job = $1 and i.sequence is null order by i.credential limit $2""";
  // The row of the job is locked until the outcome is there: whoever has read up to a number never
  // misses a lower one.
  private static final String OUTCOME =
      """
      with counted as (update job set outcomes = outcomes + 1
        where id = $1 and state = 'running' returning outcomes)
      update validation_item i set sequence = counted.outcomes, verdict = $3, reason = $4,
        usable = $5, checked_at = $6
      from counted where i.job = $1 and i.credential = $2 and i.sequence is null""";
  private static final String OUTCOMES =
      """
      select sequence, credential, verdict, reason, usable, checked_at from validation_item
      where job = $1 and sequence > $2 order by sequence limit $3""";

  private final Pool pool;
  private final Probeables credentials;

  BatchStore(Pool pool, Probeables credentials) {
    this.pool = pool;
    this.credentials = credentials;
  }

  /**
   * Orders a batch of what the caller may use and the filters leave, as it is now.
   *
   * @param alongside what belongs into the same transaction, once there is a job
   * @return empty if too many of the organization are under way
   */
  Uni<Optional<UUID>> create(
      Caller caller,
      Probeables.Selection selection,
      BiFunction<SqlClient, UUID, Uni<Void>> alongside) {
    UUID job = UUID.randomUUID();
    SqlText items =
        credentials.usable(
            caller,
            selection,
            sql ->
                sql.append("insert into validation_item (job, credential) select ")
                    .bind(job, "uuid")
                    .append(", "),
            MOST_ITEMS);
    BatchOrder order = BatchOrder.of(caller);
    return pool.withTransaction(
        connection ->
            run(connection, FORGET, KIND, caller.organization())
                .chain(
                    () ->
                        run(
                            connection,
                            CREATE,
                            job,
                            KIND,
                            caller.organization(),
                            order.stored(),
                            caller.actor().issuer() + ' ' + caller.actor().subject(),
                            MOST_OF_ORGANIZATION))
                .flatMap(
                    created ->
                        created.rowCount() == 0
                            ? Uni.createFrom().item(Optional.<UUID>empty())
                            : filled(connection, items, job)
                                .call(() -> alongside.apply(connection, job))));
  }

  private static Uni<Optional<UUID>> filled(SqlClient connection, SqlText items, UUID job) {
    return connection
        .preparedQuery(items.text())
        .execute(Tuple.tuple(items.parameters()))
        .chain(rows -> run(connection, TOTAL, job, (long) rows.rowCount()))
        .replaceWith(Optional.of(job));
  }

  /** The batch, if the caller has ordered it. */
  Uni<Optional<BatchView>> find(Caller caller, UUID job) {
    return run(pool, BATCH, job, KIND, caller.organization(), caller.principal().toString())
        .map(rows -> rows.stream().map(BatchView::of).findFirst());
  }

  /** Ends it; what is under way comes to nothing in it. */
  Uni<Void> cancel(UUID job) {
    return run(pool, CANCEL, job).replaceWithVoid();
  }

  /** Some of what is left; a credential that is gone has no {@code id}. */
  Uni<List<Row>> toDo(UUID job, int most) {
    return run(pool, TO_DO, job, most).map(BatchStore::list);
  }

  /**
   * Keeps what came of one, unless something is kept already.
   *
   * @return false if the job is over, or another replica has kept something
   */
  Uni<Boolean> keep(UUID job, UUID credential, Outcome outcome) {
    return run(
            pool,
            OUTCOME,
            job,
            credential,
            outcome.verdict(),
            outcome.reason(),
            outcome.usable(),
            outcome.checkedAt().atOffset(ZoneOffset.UTC))
        .map(rows -> rows.rowCount() > 0);
  }

  /** What has come of it after that number, in order. */
  Uni<List<BatchView.Item>> outcomes(UUID job, long after, int most) {
    return run(pool, OUTCOMES, job, after, most)
        .map(rows -> rows.stream().map(BatchView.Item::of).toList());
  }

  private static List<Row> list(RowSet<Row> rows) {
    List<Row> list = new ArrayList<>(rows.size());
    rows.forEach(list::add);
    return list;
  }

  private static Uni<RowSet<Row>> run(
      SqlClient client, String sql, @Nullable Object... parameters) {
    return client
        .preparedQuery(sql)
        .execute(Tuple.from(Arrays.asList(parameters)))
        .onFailure()
        // The client's own exceptions quote parameters.
        .transform(failure -> new JobFailure.StoreUnavailable(failure.getClass().getSimpleName()));
  }
}
