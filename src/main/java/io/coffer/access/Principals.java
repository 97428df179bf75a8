package io.coffer.access;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.coffer.access.issuer.Contexts;
import io.coffer.access.issuer.IdentityConfig;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** People and workloads. A row is made at first sight of an issuer's subject. */
@ApplicationScoped
public class Principals {

  private record Identity(String issuer, String subject) {}

  private final Pool database;
  private final Placeholders placeholders;
  // A row's id never changes, so what is remembered stays true. Whether the principal was disabled
  // is not remembered: the decision asks the row each time.
  private final AsyncCache<Identity, UUID> known;

  Principals(Pool database, Placeholders placeholders, IdentityConfig config) {
    this.database = database;
    this.placeholders = placeholders;
    this.known = Caffeine.newBuilder().maximumSize(config.maxKnownPrincipals()).buildAsync();
  }

  /**
   * The id of the row of the token's issuer and subject. Who has none gets the placeholder that
   * waits for it, else a new one.
   *
   * @param origin where the request came from, for the record
   */
  Uni<UUID> idOf(Presented presented, AccessEvent.Origin origin) {
    Identity identity = new Identity(presented.token().issuer(), presented.token().subject());
    return Contexts.remembered(known, identity, _ -> load(presented, origin));
  }

  private Uni<UUID> load(Presented presented, AccessEvent.Origin origin) {
    return find(presented)
        .chain(found -> orElse(found, () -> placeholders.bind(presented, origin)))
        .chain(found -> found.isPresent() ? Uni.createFrom().item(found.get()) : make(presented));
  }

  private static Uni<Optional<UUID>> orElse(
      Optional<UUID> found, Supplier<Uni<Optional<UUID>>> other) {
    return found.isPresent() ? Uni.createFrom().item(found) : other.get();
  }

  private Uni<UUID> make(Presented presented) {
    return PrincipalRows.findOrMake(database, NewPrincipal.of(presented))
        .chain(
            made ->
                made.made()
                    ? Uni.createFrom().item(made.id())
                    // Announced a moment ago, or made by a request that was faster.
                    : come(made.id()).map(found -> found.orElse(made.id())));
  }

  /**
   * Notes that it has come, from where on it cannot be deleted any more.
   *
   * @return empty if it was deleted a moment ago
   */
  private Uni<Optional<UUID>> come(UUID id) {
    return database
        .preparedQuery(
            "update principal set bound_at = coalesce(bound_at, now()) where id = $1 returning id")
        .execute(Tuple.of(id))
        .map(rows -> rows.stream().findFirst().map(row -> row.getUUID("id")));
  }

  /** Finds the row and brings its labels up to date. */
  private Uni<Optional<UUID>> find(Presented presented) {
    return database
        .preparedQuery(
            """
            select id, display_name, email, bound_at is not null as come
            from principal where issuer = $1 and subject = $2""")
        .execute(Tuple.of(presented.token().issuer(), presented.token().subject()))
        .chain(
            rows -> {
              for (Row row : rows) {
                return row.getBoolean("come")
                    ? relabel(row, presented.claims().profile()).map(Optional::of)
                    : come(row.getUUID("id"))
                        .call(
                            found ->
                                found.isEmpty()
                                    ? Uni.createFrom().voidItem()
                                    : relabel(row, presented.claims().profile()));
              }
              return Uni.createFrom().item(Optional.empty());
            });
  }

  private Uni<UUID> relabel(Row row, Claims.Profile profile) {
    UUID id = row.getUUID("id");
    if (Objects.equals(row.getString("display_name"), profile.displayName())
        && Objects.equals(row.getString("email"), profile.email())) {
      return Uni.createFrom().item(id);
    }
    return database
        .preparedQuery("update principal set display_name = $2, email = $3 where id = $1")
        .execute(Tuple.of(id, profile.displayName(), profile.email()))
        .replaceWith(id);
  }
}
