package io.coffer.access;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Recognizes newcomers as the placeholders that were made for them. */
@ApplicationScoped
class Placeholders {

  private static final String UNIQUE_VIOLATION = "23505";

  /** As many are told of it at most. */
  private static final int MAX_ORGANIZATIONS = 100;

  private static final String BIND =
      """
      update principal set issuer = $1, subject = $2, kind = $3, display_name = $4, email = $5,
        bind_value = null, bind_until = null, bound_at = now()
      where bind_value = $6 and bind_until > now() and disabled_at is null
      returning id""";

  private final Pool database;
  private final Recorder recorder;
  private final Clock clock;

  Placeholders(Pool database, Recorder recorder, Clock clock) {
    this.database = database;
    this.recorder = recorder;
    this.clock = clock;
  }

  /**
   * Gives the newcomer the row that waits for it, if there is one, and records that. A row is given
   * once: of several who come at the same time one gets it.
   *
   * @param newcomer whose identity has no row
   */
  Uni<Optional<UUID>> bind(Presented newcomer, AccessEvent.Origin origin) {
    if (newcomer.claims().bindValue() == null) {
      return Uni.createFrom().item(Optional.empty());
    }
    return database
        .withTransaction(
            transaction ->
                update(transaction, newcomer)
                    .call(
                        found ->
                            found.isEmpty()
                                ? Uni.createFrom().voidItem()
                                : record(transaction, found.get(), newcomer.actor(), origin)))
        // The identity got a row of its own meanwhile, so it is no newcomer any more.
        .onFailure(Placeholders::isKnown)
        .recoverWithItem(Optional.empty());
  }

  private static Uni<Optional<UUID>> update(SqlClient transaction, Presented newcomer) {
    Claims.Profile profile = newcomer.claims().profile();
    Tuple values =
        Tuple.tuple()
            .addValue(newcomer.token().issuer())
            .addValue(newcomer.token().subject())
            .addValue(profile.kind().name().toLowerCase(Locale.ROOT))
            .addValue(profile.displayName())
            .addValue(profile.email())
            .addValue(newcomer.claims().bindValue());
    return transaction
        .preparedQuery(BIND)
        .execute(values)
        .map(
            rows -> {
              for (Row row : rows) {
                return Optional.of(row.getUUID("id"));
              }
              return Optional.empty();
            });
  }

  /** Tells it in every organization that waited. */
  private Uni<Void> record(
      SqlClient transaction, UUID principal, Actor actor, AccessEvent.Origin origin) {
    return transaction
        .preparedQuery(
            "select organization from membership where principal = $1 limit " + MAX_ORGANIZATIONS)
        .execute(Tuple.of(principal))
        .map(Placeholders::organizations)
        .onItem()
        .transformToMulti(organizations -> Multi.createFrom().iterable(organizations))
        .onItem()
        .transformToUniAndConcatenate(
            organization ->
                recorder.enlist(
                    transaction, event(principal, actor, origin, organization.orElse(null))))
        .collect()
        .asList()
        .replaceWithVoid();
  }

  private static List<Optional<UUID>> organizations(RowSet<Row> rows) {
    List<Optional<UUID>> all = rows.stream().map(row -> Optional.of(row.getUUID(0))).toList();
    return all.isEmpty() ? List.of(Optional.empty()) : all;
  }

  private AccessEvent event(
      UUID principal, Actor actor, AccessEvent.Origin origin, @Nullable UUID organization) {
    return new AccessEvent(
        clock.instant(),
        actor,
        organization,
        AccessEvent.Target.of("principal", principal),
        "placeholder.bind",
        AccessEvent.Outcome.DONE,
        null,
        origin,
        Collections.emptySortedMap());
  }

  private static boolean isKnown(Throwable failure) {
    return failure instanceof PgException refused && UNIQUE_VIOLATION.equals(refused.getSqlState());
  }
}
