package io.coffer.activity;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** How often things were used and by whom, as the record has it. */
@ApplicationScoped
public class ActivityUsage {

  /** Of how many days and principals at most is told. */
  private static final int MOST = 1000;

  private static final String LAST =
      "select a.time, a.actor_issuer, a.actor_subject, a.actor_kind from activity a"
          + " where a.target_id = $1 and a.outcome = 'done' and a.action in ('use', 'copy')"
          + " order by a.time desc, a.id desc limit 1";

  private static final String BY_DAY =
      "select (a.time at time zone 'UTC')::date as day, a.actor_issuer, a.actor_subject,"
          + " a.actor_kind, count(*) as uses, max(a.time) as last from activity a"
          + " where a.target_id = $1 and a.outcome = 'done' and a.action in ('use', 'copy')"
          + " and a.time > clock_timestamp() - make_interval(days => $2)"
          + " group by 1, 2, 3, 4 order by day desc, uses desc limit "
          + MOST;

  private static final String COPIES =
      "select a.details from activity a where a.target_id = $1 and a.details is not null"
          + " and a.action = 'copy' order by a.time desc limit "
          + MOST;

  private final ActivityQueries queries;

  ActivityUsage(ActivityQueries queries) {
    this.queries = queries;
  }

  /** A use and who it was. */
  public record LastUse(Instant time, ActivityView.Actor actor) {}

  /** How often somebody used it on a day (UTC). */
  public record DayOfUse(LocalDate day, ActivityView.Actor actor, long uses, Instant last) {}

  public Uni<Optional<LastUse>> last(UUID target) {
    return queries
        .run(LAST, target)
        .map(
            rows ->
                rows.stream().findFirst().map(row -> new LastUse(time(row, "time"), actor(row))));
  }

  /** By day and principal, the latest first. */
  public Uni<List<DayOfUse>> byDay(UUID target, int days) {
    return queries
        .run(BY_DAY, target, days)
        .map(
            rows ->
                CheckpointStore.read(
                    rows,
                    row ->
                        new DayOfUse(
                            row.getLocalDate("day"),
                            actor(row),
                            row.getLong("uses"),
                            time(row, "last"))));
  }

  /** What it was copied to, the latest first. */
  public Uni<List<UUID>> copies(UUID target) {
    return queries
        .run(COPIES, target)
        .map(
            rows ->
                rows.stream()
                    .map(row -> copyIn(row.getString(0)))
                    .flatMap(Optional::stream)
                    .toList());
  }

  private static Optional<UUID> copyIn(String details) {
    return details
        .lines()
        .filter(line -> line.startsWith("copy="))
        .map(line -> UUID.fromString(line.substring("copy=".length())))
        .findFirst();
  }

  private static ActivityView.Actor actor(Row row) {
    return new ActivityView.Actor(
        row.getString("actor_issuer"), row.getString("actor_subject"), row.getString("actor_kind"));
  }

  private static Instant time(Row row, String column) {
    return row.getOffsetDateTime(column).toInstant();
  }
}
