package io.coffer.credential.use;

import io.coffer.access.AccessDecision;
import io.coffer.access.Caller;
import io.coffer.access.Rights;
import io.coffer.credential.JsonColumn;
import io.coffer.web.database.Pipelines;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is to be used and decides the right, in one statement. It goes beneath Hibernate: this
 * is what production does all day.
 */
@ApplicationScoped
class UseRepository {

  private static final int FIRST_OWN = AccessDecision.PARAMETERS + 1;
  private static final AccessDecision DECISION = AccessDecision.over("c", 1);
  private static final String SELECT =
      DECISION.with()
          + """
          select c.id, c.organization, c.owner = $1::uuid as own, c.type, c.name, c.version,
            c.revision, c.plain, c.sealed, decision.rights
          from credential c"""
          + DECISION.from()
          + " where decision.rights <> 0 and c.deleted_at is null";
  private static final String BY_ID = SELECT + " and c.id = $" + FIRST_OWN;
  private static final String BY_IDS = SELECT + " and c.id = any($" + FIRST_OWN + "::uuid[])";
  private static final String BY_NAME =
      SELECT
          + """
           and c.type = $%1$d::uuid and lower(c.name) = lower($%2$d::text)
           and (c.name = $%2$d::text or c.name_key like 'n%%')
           and c.organization = case when $%3$d::text is null then $2::uuid
             else (select o.id from organization o where $%3$d::text in (o.slug, o.id::text)) end
          order by c.id limit 20"""
              .formatted(FIRST_OWN, FIRST_OWN + 1, FIRST_OWN + 2);
  private static final String DEFAULT =
      SELECT
          + " and c.organization = $2::uuid and c.is_default and c.type = $"
          + FIRST_OWN
          + "::uuid";

  private final SqlClient database;

  @Inject
  UseRepository(Pipelines pipelines) {
    this(pipelines.client());
  }

  UseRepository(SqlClient database) {
    this.database = database;
  }

  /** At most one. */
  Uni<List<UsableCredential>> byId(Caller caller, UUID id) {
    return find(BY_ID, parameters(caller).addUUID(id));
  }

  /** All of these that there are. */
  Uni<List<UsableCredential>> byIds(Caller caller, Set<UUID> ids) {
    return find(BY_IDS, parameters(caller).addArrayOfUUID(ids.toArray(UUID[]::new)));
  }

  /**
   * All of the type that have this name: in whatever case, where the name is one in whatever case.
   *
   * @param organization the slug or id of the organization to look in; null: the selected one
   */
  Uni<List<UsableCredential>> byName(
      Caller caller, UUID type, String name, @Nullable String organization) {
    return find(BY_NAME, parameters(caller).addUUID(type).addString(name).addString(organization));
  }

  /** The default of the type: at most one. */
  Uni<List<UsableCredential>> defaultOf(Caller caller, UUID type) {
    return find(DEFAULT, parameters(caller).addUUID(type));
  }

  private Uni<List<UsableCredential>> find(String sql, Tuple parameters) {
    return database.preparedQuery(sql).execute(parameters).map(UseRepository::read);
  }

  private static Tuple parameters(Caller caller) {
    return AccessDecision.addTo(Tuple.tuple(), caller);
  }

  private static List<UsableCredential> read(RowSet<Row> rows) {
    List<UsableCredential> found = new ArrayList<>(rows.size());
    for (Row row : rows) {
      found.add(
          new UsableCredential(
              row.getUUID("id"),
              row.getUUID("organization"),
              Boolean.TRUE.equals(row.getBoolean("own")),
              row.getUUID("type"),
              row.getString("name"),
              row.getInteger("version"),
              row.getLong("revision"),
              JsonColumn.plain(row.getValue("plain")),
              row.getBuffer("sealed").getBytes(),
              new Rights(row.getInteger("rights"))));
    }
    return found;
  }
}
