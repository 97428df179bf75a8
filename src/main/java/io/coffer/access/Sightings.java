package io.coffer.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.coffer.access.issuer.IdentityConfig;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/**
 * Who came with a token that names an organization. It gives no right; it is how an organization's
 * admins find those whom its identity provider sends.
 */
@ApplicationScoped
class Sightings {

  private record Seen(UUID organization, UUID principal) {}

  private final Pool database;
  private final Cache<Seen, Boolean> known;

  Sightings(Pool database, IdentityConfig config) {
    this.database = database;
    this.known = Caffeine.newBuilder().maximumSize(config.maxKnownPrincipals()).build();
  }

  /** Notes it, once for each replica's memory. */
  Uni<Void> note(UUID organization, UUID principal) {
    Seen seen = new Seen(organization, principal);
    if (known.getIfPresent(seen) != null) {
      return Uni.createFrom().voidItem();
    }
    // An organization that was deleted meanwhile is found out by whoever needs it.
    return database
        .preparedQuery(
            """
            insert into sighting (organization, principal)
            select o.id, $2 from organization o where o.id = $1 on conflict do nothing""")
        .execute(Tuple.of(organization, principal))
        .invoke(() -> known.put(seen, true))
        .replaceWithVoid();
  }
}
