package io.coffer.probe;

import io.coffer.type.CredentialType;
import io.coffer.web.list.ListField;
import io.coffer.web.list.ListGrammar;
import io.coffer.web.list.ListQuery;
import io.coffer.web.list.ListView;
import io.coffer.web.list.Listing;
import io.coffer.web.list.SqlText;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.hibernate.id.uuid.UuidVersion7Strategy;
import org.jspecify.annotations.Nullable;

/** Verdicts in the database: the history, and what stands in the credential itself. */
@ApplicationScoped
class VerdictStore {

  /** How many earlier verdicts decide with a new one. */
  private static final int LOOKED_BACK = 20;

  private static final String LOCK =
      "select is_valid, checked_at from credential"
          + " where id = $1 and version = $2 and purged_at is null for update";
  private static final String PAST =
      "select verdict, weak, checked_at from validation where credential = $1 and version = $2"
          + " order by checked_at desc, id desc limit "
          + LOOKED_BACK;
  private static final String INSERT =
      """
      insert into validation (id, credential, version, cause, verdict, reason, usable, weak, code,
        warnings, tls, retry_after, expires_at, metadata, probe, probe_version, took_ms, checked_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)""";
  private static final String UPDATE =
      """
      update credential set verdict = $2, verdict_reason = $3, usable = $4, warnings = $5::text[],
        value_expires_at = $6, checked_at = $7, is_valid = $8, next_check_at = $9
      where id = $1""";
  private static final String UPDATE_NEXT =
      "update credential set next_check_at = $2 where id = $1";

  private static final ListGrammar GRAMMAR =
      new ListGrammar(
          List.of(
              ListField.uuid("id", "v.id"),
              ListField.instant("checked_at", "v.checked_at"),
              text("verdict", "v.verdict"),
              text("reason", "v.reason"),
              text("cause", "v.cause"),
              ListField.bool("usable", "v.usable"),
              new ListField("version", "v.version", ListField.Kind.INTEGER, false, null)),
          List.of("v.verdict", "v.reason"),
          "-checked_at",
          Set.of());
  private static final Listing<ValidationView> LISTING =
      new Listing<>("v.*", "v.id", "id", ValidationView::of);

  private final Pool pool;
  private final ProbesConfig config;

  VerdictStore(Pool pool, ProbesConfig config) {
    this.pool = pool;
    this.config = config;
  }

  /** Made at the start, not by whichever thread has the first verdict. */
  void start(@Observes StartupEvent event) {}

  /**
   * Keeps the verdict on a version of a credential, unless it has another version by now, or the
   * verdict stands there already.
   *
   * @return {@link Standing#NONE} where the version is gone
   */
  Uni<Standing> keep(
      UUID credential, int version, CredentialType type, Trigger trigger, Checked checked) {
    return pool.withTransaction(
        connection ->
            connection
                .preparedQuery(LOCK)
                .execute(Tuple.of(credential, version))
                .flatMap(
                    rows ->
                        rows.size() == 0
                            ? Uni.createFrom().item(Standing.NONE)
                            : kept(
                                connection,
                                new Kept(credential, version, type, trigger, checked),
                                rows.iterator().next())));
  }

  /** What is to be kept of which credential. */
  private record Kept(
      UUID credential, int version, CredentialType type, Trigger trigger, Checked checked) {}

  private Uni<Standing> kept(SqlClient connection, Kept kept, Row row) {
    Boolean before = row.getBoolean("is_valid");
    Instant last = instant(row.getOffsetDateTime("checked_at"));
    Instant at = kept.checked().at();
    return connection
        .preparedQuery(PAST)
        .execute(Tuple.of(kept.credential(), kept.version()))
        .flatMap(
            rows -> {
              List<VerdictLife.Past> past = new ArrayList<>();
              for (Row earlier : rows) {
                past.add(
                    new VerdictLife.Past(
                        Finding.ofStored(earlier.getString("verdict")),
                        earlier.getBoolean("weak")));
              }
              return last != null && !at.isAfter(last)
                  ? again(connection, kept, before, past)
                  : added(connection, kept, before, past);
            });
  }

  /**
   * The verdict is known, or an older one than what is known: it moves nothing but the schedule.
   */
  private Uni<Standing> again(
      SqlClient connection, Kept kept, @Nullable Boolean before, List<VerdictLife.Past> past) {
    Instant next = next(kept, false, past);
    return connection
        .preparedQuery(UPDATE_NEXT)
        .execute(Tuple.of(kept.credential(), time(next)))
        .replaceWith(new Standing(null, before, next));
  }

  private Uni<Standing> added(
      SqlClient connection, Kept kept, @Nullable Boolean before, List<VerdictLife.Past> past) {
    Verdict verdict = kept.checked().verdict();
    Boolean after = VerdictLife.isValid(before, verdict, past, config.agreeing());
    boolean pending =
        verdict.finding().isDefinite()
            && after != null
            && after != (verdict.finding() == Finding.VALID);
    Instant next = next(kept, pending, past);
    UUID id = UuidVersion7Strategy.INSTANCE.generateUuid(null);
    return connection
        .preparedQuery(INSERT)
        .execute(row(id, kept))
        .chain(
            () ->
                connection
                    .preparedQuery(UPDATE)
                    .execute(
                        Tuple.from(
                            Arrays.asList(
                                kept.credential(),
                                verdict.finding().wireName(),
                                verdict.reason().wireName(),
                                verdict.usable(),
                                warnings(verdict),
                                time(verdict.expiresAt()),
                                time(kept.checked().at()),
                                after,
                                time(next)))))
        .replaceWith(new Standing(id, after, next));
  }

  private @Nullable Instant next(Kept kept, boolean pending, List<VerdictLife.Past> past) {
    ProbesConfig.Schedule schedule = config.schedule();
    if (!schedule.enabled()) {
      return null;
    }
    Verdict verdict = kept.checked().verdict();
    Duration interval = schedule.intervals().getOrDefault(kept.type().slug(), schedule.interval());
    double dice = ThreadLocalRandom.current().nextDouble();
    Duration pause = VerdictLife.pause(verdict, pending, past, interval, schedule.again(), dice);
    return VerdictLife.next(kept.checked().at(), pause, verdict.expiresAt());
  }

  private static Tuple row(UUID id, Kept kept) {
    Checked checked = kept.checked();
    Verdict verdict = checked.verdict();
    Duration retryAfter = verdict.retryAfter();
    TlsFault tls = verdict.tls();
    boolean looked = !checked.probe().isEmpty();
    return Tuple.from(
        Arrays.asList(
            id,
            kept.credential(),
            kept.version(),
            kept.trigger().wireName(),
            verdict.finding().wireName(),
            verdict.reason().wireName(),
            verdict.usable(),
            verdict.weak(),
            verdict.code(),
            warnings(verdict),
            tls == null ? null : tls.wireName(),
            retryAfter == null ? null : (int) Math.min(retryAfter.toSeconds(), Integer.MAX_VALUE),
            time(verdict.expiresAt()),
            new JsonObject(Map.copyOf(verdict.metadata())),
            looked ? checked.probe() : null,
            looked ? checked.probeVersion() : null,
            (int) checked.took().toMillis(),
            time(checked.at())));
  }

  /** Reads the query string of a list of verdicts. */
  static ListQuery parse(Map<String, List<String>> parameters) {
    return GRAMMAR.parse(parameters);
  }

  /** The verdicts on a credential. */
  Uni<ListView<ValidationView>> of(UUID credential, ListQuery query) {
    SqlText from = new SqlText().append("from validation v where v.credential = ");
    return LISTING.page(pool, from.bind(credential, "uuid"), query);
  }

  private static String[] warnings(Verdict verdict) {
    return verdict.warnings().stream().map(Warning::wireName).sorted().toArray(String[]::new);
  }

  private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }

  static @Nullable Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }

  private static ListField text(String name, String column) {
    return new ListField(name, column, ListField.Kind.TEXT, false, null);
  }
}
