package io.coffer.access;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** The teams that a caller is in, as the {@link AccessDecision} counts them. */
@ApplicationScoped
class MyTeams {

  private static final int MAX_TOLD = 200;

  private final Pool database;

  MyTeams(Pool database) {
    this.database = database;
  }

  /**
   * One team.
   *
   * @param organization the slug of its organization
   */
  record Team(UUID id, String name, String organization) {}

  /** The first of them, by organization and name. */
  Uni<List<Team>> of(Caller caller) {
    Standing standing = caller.standing();
    return database
        .preparedQuery(
            """
            select t.id, t.name, o.slug from team t join organization o on o.id = t.organization
            where t.id in (select team from team_member where principal = $1)
              or (o.slug = any($2) and t.claim_value = any($3))
            order by o.slug, t.name limit\s"""
                + MAX_TOLD)
        .execute(
            Tuple.of(
                caller.principal(),
                standing.organizations().toArray(String[]::new),
                standing.teams().toArray(String[]::new)))
        .map(
            rows ->
                rows.stream()
                    .map(row -> new Team(row.getUUID(0), row.getString(1), row.getString(2)))
                    .toList());
  }
}
