package io.coffer.activity;

import io.coffer.web.list.ListField;
import io.coffer.web.list.ListGrammar;
import io.coffer.web.list.ListQuery;
import io.coffer.web.list.ListView;
import io.coffer.web.list.Listing;
import io.coffer.web.list.SqlText;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Reads the record for those who may see it, which the caller of this decides. */
@ApplicationScoped
public class ActivityQueries {

  /** Events of one statement of an export. */
  private static final int EXPORTED_AT_ONCE = 500;

  /**
   * What is younger may still get company that belongs before it: a group is written within {@value
   * GroupSql#MAX_AGE_SECONDS} seconds after its time, and then commits or is given up.
   */
  private static final String SETTLED = " and a.time <= clock_timestamp() - make_interval(secs => ";

  private static final ListGrammar GRAMMAR =
      new ListGrammar(
          List.of(
              ListField.uuid("id", "a.id"),
              ListField.instant("time", "a.time"),
              new ListField("happened_at", "a.happened_at", ListField.Kind.INSTANT, false, null),
              text("actor", "a.actor_subject"),
              text("actor_issuer", "a.actor_issuer"),
              text("actor_kind", "a.actor_kind"),
              text("action", "a.action"),
              text("outcome", "a.outcome"),
              text("reason", "a.reason"),
              ListField.uuid("target", "a.target_id"),
              text("target_kind", "a.target_kind"),
              text("request_id", "a.request_id"),
              text("client_address", "a.client_address"),
              text("face", "a.face")),
          List.of("a.actor_subject", "a.action", "a.reason"),
          "-time",
          Set.of("unassigned"));

  private static final Listing<ActivityView> LISTING =
      new Listing<>("a.*", "a.id", "id", row -> ActivityView.of(EventRows.read(row), null));

  private final Pool pool;
  private final double settleSeconds;

  ActivityQueries(Pool pool, ActivityConfig config) {
    this.pool = pool;
    this.settleSeconds = config.exportAfter().toMillis() / 1000.0;
  }

  /** Reads the query string of a list of events. */
  public static ListQuery parse(Map<String, List<String>> parameters) {
    return GRAMMAR.parse(parameters);
  }

  /**
   * What happened in an organization.
   *
   * @param organization null: what belongs to none
   */
  Uni<ListView<ActivityView>> in(@Nullable UUID organization, ListQuery query) {
    SqlText from = new SqlText().append("from activity a where ");
    bound(from, organization);
    return LISTING.page(pool, from, query);
  }

  /**
   * What happened to one thing.
   *
   * @param organization within which; empty: in whichever
   */
  public Uni<ListView<ActivityView>> about(
      UUID target, Optional<UUID> organization, ListQuery query) {
    SqlText from = new SqlText().append("from activity a where a.target_id = ");
    from.bind(target, "uuid");
    organization.ifPresent(it -> from.append(" and a.organization = ").bind(it, "uuid"));
    return LISTING.page(pool, from, query);
  }

  /**
   * Everything that happened in an organization, oldest first, in groups, as fast as it is taken.
   *
   * @param organization null: what belongs to none
   * @param after the id of the last event that is known; null: from the beginning
   */
  Multi<List<ActivityView>> export(@Nullable UUID organization, @Nullable UUID after) {
    UUID beginning = after == null ? new UUID(0, 0) : after;
    AtomicReference<UUID> last = new AtomicReference<>(beginning);
    return Multi.createBy()
        .repeating()
        .uni(() -> exportAfter(organization, last.get()))
        .whilst(events -> events.size() == EXPORTED_AT_ONCE)
        .filter(events -> !events.isEmpty())
        .invoke(events -> last.set(events.getLast().id()));
  }

  /**
   * Whether an export can go on behind this event. One that is gone with all before it by the rules
   * of retention is as good as the beginning.
   */
  Uni<Boolean> isPlace(@Nullable UUID organization, UUID after) {
    SqlText sql = new SqlText().append("select exists (select 1 from activity a where ");
    bound(sql, organization);
    sql.append(" and a.id = ").bind(after, "uuid").append(" and a.time = ");
    sql.bind(LinkedGroup.at(StoredEvent.timeOf(after)), "timestamptz");
    sql.append(") or not exists (select 1 from activity a where ");
    bound(sql, organization);
    sql.append(" and a.time <= ").bind(LinkedGroup.at(StoredEvent.timeOf(after)), "timestamptz");
    return pool.preparedQuery(sql.append(")").text())
        .execute(Tuple.tuple(sql.parameters()))
        .map(rows -> rows.iterator().next().getBoolean(0));
  }

  private Uni<List<ActivityView>> exportAfter(@Nullable UUID organization, UUID after) {
    SqlText sql =
        new SqlText()
            .append("select a.*, coalesce(p.hash, s.hash) as previous from activity a")
            .append(" left join activity p on p.writer = a.writer and p.sequence = a.sequence - 1")
            .append(" left join activity_stub s on s.writer = a.writer")
            .append(" and s.last_sequence = a.sequence - 1 where ");
    bound(sql, organization);
    sql.append(" and (a.time, a.id) > (")
        .bind(LinkedGroup.at(StoredEvent.timeOf(after)), "timestamptz")
        .append(", ")
        .bind(after, "uuid")
        .append(")" + SETTLED)
        .bind(settleSeconds, "float8")
        .append(") order by a.time, a.id limit " + EXPORTED_AT_ONCE);
    return pool.preparedQuery(sql.text())
        .execute(Tuple.tuple(sql.parameters()))
        .map(rows -> CheckpointStore.read(rows, ActivityQueries::withPrevious));
  }

  private static ActivityView withPrevious(Row row) {
    StoredEvent event = EventRows.read(row);
    boolean begins = event.sequence() == 1;
    byte @Nullable [] previous =
        row.getBuffer("previous") == null ? null : CheckpointStore.bytes(row, "previous");
    return ActivityView.of(event, begins ? Hashes.beginning() : previous);
  }

  private static void bound(SqlText sql, @Nullable UUID organization) {
    if (organization == null) {
      sql.append("a.organization is null");
    } else {
      sql.append("a.organization = ").bind(organization, "uuid");
    }
  }

  private static ListField text(String name, String column) {
    return new ListField(name, column, ListField.Kind.TEXT, false, null);
  }

  /** Runs a statement over events that another package needs for its own answers. */
  Uni<RowSet<Row>> run(String sql, Object... parameters) {
    return pool.preparedQuery(sql).execute(Tuple.from(Arrays.asList(parameters)));
  }
}
