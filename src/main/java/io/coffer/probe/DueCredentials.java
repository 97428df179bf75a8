package io.coffer.probe;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The schedule, which is a column of the credentials. To take one on is to move its time ahead: who
 * crashes leaves it to be taken on again when that time comes. By the database's clock, which all
 * replicas share.
 */
@ApplicationScoped
class DueCredentials {

  private static final String ADOPT =
      """
      update credential set next_check_at = now() + random() * $2 * interval '1 millisecond'
      where id in (select id from credential where next_check_at is null and deleted_at is null
        and type = any($1::uuid[]) limit $3 for update skip locked)""";
  private static final String CLAIM =
      """
      update credential c set next_check_at = now() + $2 * interval '1 millisecond'
      where c.id in (select d.id from credential d where d.next_check_at <= now()
        and d.deleted_at is null and d.type = any($1::uuid[])
        order by d.next_check_at limit $3 for update skip locked)
      returning c.id, c.organization, c.type, c.version, c.revision, c.plain, c.sealed""";
  private static final String PUT_BACK =
      "update credential set next_check_at = $3 where id = $1 and version = $2";
  private static final String OLDEST =
      """
      select coalesce(extract(epoch from now() - min(next_check_at)), 0)::float8
      from credential where next_check_at <= now() and deleted_at is null""";
  private static final String COUNT =
      """
      select t.slug, c.verdict, count(*) from credential c
      join credential_type t on t.id = c.type where c.deleted_at is null group by t.slug, c.verdict""";
  private static final String FORGET =
      """
      delete from validation where id in (select id from validation where checked_at < $1
        order by checked_at limit $2)""";

  private final Pool pool;

  DueCredentials(Pool pool) {
    this.pool = pool;
  }

  /**
   * Puts credentials on the schedule that are not: new ones, and those with a new value.
   *
   * @param within how soon they are due, spread at random
   */
  Uni<Integer> adopt(List<UUID> types, Duration within, int most) {
    return pool.preparedQuery(ADOPT)
        .execute(Tuple.of(types.toArray(UUID[]::new), (double) within.toMillis(), most))
        .map(rows -> rows.rowCount());
  }

  /** Takes on what is due and nobody else has taken on. */
  Uni<List<Row>> claim(List<UUID> types, Duration lease, int most) {
    return pool.preparedQuery(CLAIM)
        .execute(Tuple.of(types.toArray(UUID[]::new), (double) lease.toMillis(), most))
        .map(
            rows -> {
              List<Row> claimed = new ArrayList<>(rows.size());
              rows.forEach(claimed::add);
              return claimed;
            });
  }

  /** Leaves one for later. */
  Uni<Void> putBack(UUID id, int version, Instant until) {
    return pool.preparedQuery(PUT_BACK)
        .execute(Tuple.of(id, version, until.atOffset(ZoneOffset.UTC)))
        .replaceWithVoid();
  }

  /** For how many seconds the one that has waited longest is due; 0 if none is. */
  Uni<Double> oldest() {
    return pool.query(OLDEST).execute().map(rows -> rows.iterator().next().getDouble(0));
  }

  /** How many credentials of a type stand with a verdict. */
  record Count(String type, String verdict, long credentials) {}

  Uni<List<Count>> count() {
    return pool.query(COUNT)
        .execute()
        .map(
            rows -> {
              List<Count> counts = new ArrayList<>();
              rows.forEach(
                  row -> counts.add(new Count(row.getString(0), row.getString(1), row.getLong(2))));
              return counts;
            });
  }

  /** Deletes the oldest verdicts, a few at a time; how many that were. */
  Uni<Integer> forget(Instant before, int most) {
    return pool.preparedQuery(FORGET)
        .execute(Tuple.of(before.atOffset(ZoneOffset.UTC), most))
        .map(rows -> rows.rowCount());
  }
}
