package io.coffer.access;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.coffer.access.issuer.Contexts;
import io.coffer.access.issuer.IdentityConfig;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** People and workloads. A row is made at first sight of an issuer's subject. */
@ApplicationScoped
public class Principals {

  private static final int NUMBERED_NAMES = 20;

  private record Identity(String issuer, String subject) {}

  private final Pool database;
  // A row's id never changes, so what is remembered stays true. Whether the principal was disabled
  // is not remembered: the decision asks the row each time.
  private final AsyncCache<Identity, UUID> known;

  Principals(Pool database, IdentityConfig config) {
    this.database = database;
    this.known = Caffeine.newBuilder().maximumSize(config.maxKnownPrincipals()).buildAsync();
  }

  /** The id of the row of this issuer's subject, made if there is none. */
  Uni<UUID> idOf(String issuer, String subject, Claims.Profile profile) {
    Identity identity = new Identity(issuer, subject);
    return Contexts.remembered(known, identity, key -> load(key, profile));
  }

  private Uni<UUID> load(Identity identity, Claims.Profile profile) {
    return find(identity, profile)
        .chain(
            found ->
                found.map(Uni.createFrom()::item).orElseGet(() -> create(identity, profile, 1)));
  }

  /** Finds the row and brings its labels up to date. */
  private Uni<Optional<UUID>> find(Identity identity, Claims.Profile profile) {
    return database
        .preparedQuery(
            "select id, display_name, email from principal where issuer = $1 and subject = $2")
        .execute(Tuple.of(identity.issuer(), identity.subject()))
        .chain(
            rows -> {
              for (Row row : rows) {
                return relabel(row, profile).map(Optional::of);
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

  private Uni<UUID> create(Identity identity, Claims.Profile profile, int attempt) {
    Tuple values =
        Tuple.tuple()
            .addValue(identity.issuer())
            .addValue(identity.subject())
            .addValue(profile.kind().name().toLowerCase(Locale.ROOT))
            .addValue(labelFor(profile.userName(), attempt))
            .addValue(profile.displayName())
            .addValue(profile.email());
    return database
        .preparedQuery(
            """
            insert into principal (issuer, subject, kind, user_name, display_name, email)
            values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning id""")
        .execute(values)
        .chain(
            created ->
                created.size() > 0
                    ? Uni.createFrom().item(firstId(created))
                    : afterConflict(identity, profile, attempt));
  }

  /** Either another request was faster, or the user name is another principal's. */
  private Uni<UUID> afterConflict(Identity identity, Claims.Profile profile, int attempt) {
    return find(identity, profile)
        .chain(
            found ->
                found
                    .map(Uni.createFrom()::item)
                    .orElseGet(() -> create(identity, profile, attempt + 1)));
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

  private static UUID firstId(RowSet<Row> rows) {
    return rows.iterator().next().getUUID("id");
  }
}
