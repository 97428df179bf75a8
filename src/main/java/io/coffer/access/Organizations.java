package io.coffer.access;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.coffer.access.issuer.Contexts;
import io.coffer.access.issuer.IdentityConfig;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The tenants. A row is made when the first token names it. */
@ApplicationScoped
public class Organizations {

  private static final String COLUMNS = "id, number, slug, name";

  private final Pool database;
  private final Event<OrganizationSeen> seen;
  // Ids and slugs never change. Whether the organization is still there, the rows of each request
  // tell.
  private final AsyncCache<String, Organization> bySlug;
  private final Cache<String, Organization> found;

  Organizations(Pool database, IdentityConfig config, Event<OrganizationSeen> seen) {
    this.database = database;
    this.seen = seen;
    this.bySlug = Caffeine.newBuilder().maximumSize(config.maxKnownPrincipals()).buildAsync();
    this.found = Caffeine.newBuilder().maximumSize(config.maxKnownPrincipals()).build();
  }

  /** The organization of this slug, made if there is none. */
  Uni<Organization> named(String slug) {
    return Contexts.remembered(bySlug, slug, this::load);
  }

  /** The organization of this slug or id, if there is one; who is told so once needs no look-up. */
  Uni<Optional<Organization>> existing(String slugOrId) {
    Organization known = found.getIfPresent(slugOrId);
    return known != null
        ? Uni.createFrom().item(Optional.of(known))
        : find(slugOrId).invoke(it -> it.ifPresent(one -> found.put(slugOrId, one)));
  }

  /** Forgets an organization that is not there any more. */
  public void forget(UUID id, String slug) {
    bySlug.synchronous().invalidate(slug);
    found.invalidateAll(List.of(slug, id.toString()));
  }

  private Uni<Optional<Organization>> find(String slugOrId) {
    try {
      return byId(UUID.fromString(slugOrId));
    } catch (IllegalArgumentException notAnId) {
      return bySlug(slugOrId);
    }
  }

  /** The organization of this id, if there is one. */
  public Uni<Optional<Organization>> byId(UUID id) {
    return database
        .preparedQuery("select " + COLUMNS + " from organization where id = $1")
        .execute(Tuple.of(id))
        .map(Organizations::first);
  }

  /** The organization of this slug, if there is one. */
  public Uni<Optional<Organization>> bySlug(String slug) {
    return database
        .preparedQuery("select " + COLUMNS + " from organization where slug = $1")
        .execute(Tuple.of(slug))
        .map(Organizations::first);
  }

  private Uni<Organization> load(String slug) {
    return bySlug(slug)
        .chain(found -> found.map(Uni.createFrom()::item).orElseGet(() -> create(slug)))
        .invoke(organization -> seen.fire(new OrganizationSeen(organization.id())));
  }

  private Uni<Organization> create(String slug) {
    return database
        .preparedQuery(
            "insert into organization (slug, name) values ($1, $1) on conflict do nothing")
        .execute(Tuple.of(slug))
        // Another replica may have been faster: whoever made it, it is there now.
        .chain(() -> bySlug(slug))
        .map(Optional::orElseThrow);
  }

  private static Optional<Organization> first(RowSet<Row> rows) {
    for (Row row : rows) {
      return Optional.of(
          new Organization(
              row.getUUID("id"),
              row.getLong("number"),
              row.getString("slug"),
              row.getString("name")));
    }
    return Optional.empty();
  }
}
