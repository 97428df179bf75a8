package io.coffer.access;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Makes rows of people and workloads, each once however many ask for it at the same time. */
public final class PrincipalRows {

  private static final int NUMBERED_NAMES = 20;

  private PrincipalRows() {}

  /**
   * The row that was asked for.
   *
   * @param id its id
   * @param made whether it was made just now
   */
  public record Made(UUID id, boolean made) {}

  /**
   * The row of this identity or bind value, made if there is none.
   *
   * @param database a connection, which may be in a transaction
   */
  public static Uni<Made> findOrMake(SqlClient database, NewPrincipal wanted) {
    return find(database, wanted)
        .chain(
            found ->
                found.isPresent()
                    ? Uni.createFrom().item(new Made(found.get(), false))
                    : make(database, wanted, 1));
  }

  private static Uni<Optional<UUID>> find(SqlClient database, NewPrincipal wanted) {
    return database
        .preparedQuery(
            "select id from principal where (issuer = $1 and subject = $2) or bind_value = $3"
                + " for key share")
        .execute(Tuple.of(wanted.issuer(), wanted.subject(), wanted.bindValue()))
        .map(PrincipalRows::firstId);
  }

  private static Uni<Made> make(SqlClient database, NewPrincipal wanted, int attempt) {
    Tuple values =
        Tuple.tuple()
            .addValue(wanted.issuer())
            .addValue(wanted.subject())
            .addValue(wanted.kind().name().toLowerCase(Locale.ROOT))
            .addValue(labelFor(wanted.userName(), attempt))
            .addValue(wanted.displayName())
            .addValue(wanted.email())
            .addValue(wanted.bindValue())
            .addValue(wanted.bindWithin().toSeconds())
            .addValue(wanted.come());
    return database
        .preparedQuery(
            """
            insert into principal (issuer, subject, kind, user_name, display_name, email,
              bind_value, bind_until, bound_at)
            values ($1, $2, $3, $4, $5, $6, $7::varchar,
              case when $7::varchar is not null then now() + make_interval(secs => $8::bigint) end,
              case when $9::boolean then now() end)
            on conflict do nothing returning id""")
        .execute(values)
        .map(PrincipalRows::firstId)
        .chain(
            made ->
                made.isPresent()
                    ? Uni.createFrom().item(new Made(made.get(), true))
                    : afterConflict(database, wanted, attempt));
  }

  /** Either another request was faster, or the user name is another principal's. */
  private static Uni<Made> afterConflict(SqlClient database, NewPrincipal wanted, int attempt) {
    return find(database, wanted)
        .chain(
            found ->
                found.isPresent()
                    ? Uni.createFrom().item(new Made(found.get(), false))
                    : make(database, wanted, attempt + 1));
  }

  private static String labelFor(String userName, int attempt) {
    if (attempt == 1) {
      return userName;
    }
    long suffix =
        attempt <= NUMBERED_NAMES
            ? attempt
            : ThreadLocalRandom.current().nextLong(1_000_000, 1_000_000_000);
    return userName.substring(0, Math.min(userName.length(), 240)) + suffix;
  }

  private static Optional<UUID> firstId(RowSet<Row> rows) {
    for (Row row : rows) {
      return Optional.of(row.getUUID("id"));
    }
    return Optional.empty();
  }
}
