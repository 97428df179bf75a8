package io.coffer.access.grant;

import io.coffer.access.Caller;
import io.coffer.web.list.ListQuery;
import io.coffer.web.list.SqlText;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Grants in the database. */
final class GrantRepository {

  private static final String COLUMNS =
      """
      select g.id, case when g.team is null then 'principal' else 'team' end as grantee_kind,
        coalesce(g.principal, g.team) as grantee_id, coalesce(p.user_name, t.name) as grantee_name,
        p.id is not null and p.issuer is null as placeholder,
        p.disabled_at is not null as disabled,
        g.role, g.across, g.reason, g.granted_by, g.created_at, g.updated_at
      from access_grant g left join principal p on p.id = g.principal
      left join team t on t.id = g.team
      where g.resource_kind =\s""";

  private static final String PRINCIPAL =
      """
      select exists (select 1 from membership m where m.principal = p.id)
        and not p.system_admin
        and not exists (
          select 1 from membership m where m.principal = p.id and m.organization = $2)
        and not exists (
          select 1 from sighting s where s.principal = p.id and s.organization = $2) as outside
      from principal p where p.id = $1 for key share of p""";

  private static final String TEAM =
      "select false as outside from team t where t.id = $1 and t.organization = $2";

  private static final String UPDATE =
      """
      update access_grant set role = $2, across = $3, reason = $4, granted_by = $5, updated_at = $6
      where id = $1""";

  private static final String INSERT =
      """
      insert into access_grant (role, across, reason, granted_by, created_at, updated_at,
        resource_kind, resource, organization, principal, team)
      values ($1, $2, $3, $4, $5, $5, $6, $7, $8, $9, $10)""";

  /** What rows say: a team that members are found in by their tokens alone does not count. */
  private static final String OTHER_ADMIN =
      """
      select $4::uuid is not null or exists (
        select 1 from principal p
        where p.id <> $5 and p.disabled_at is null and p.issuer is not null and (
          p.id in (select m.principal from membership m
            where m.organization = $3 and ('admin' = any(m.roles)
              or 'creator' = any(m.roles) and m.principal = $6))
          or p.id in (select g.principal from access_grant g
            where g.resource_kind = $1 and g.resource = $2 and g.role = 'admin')
          or p.id in (select tm.principal from access_grant g
            join team_member tm on tm.team = g.team
            where g.resource_kind = $1 and g.resource = $2 and g.role = 'admin')))""";

  private GrantRepository() {}

  /**
   * What is known of a grantee that there is.
   *
   * @param outside whether it is known as a member of other organizations and not of this one
   */
  record Known(boolean outside) {}

  /** A stored grant. */
  record Stored(UUID id, Grant grant) {}

  /** The grantee, if there is one; a team only of the thing's own organization. */
  static Uni<Optional<Known>> known(SqlClient client, SharedThing thing, Grantee grantee) {
    return client
        .preparedQuery(grantee.kind() == Grantee.Kind.TEAM ? TEAM : PRINCIPAL)
        .execute(Tuple.of(grantee.id(), thing.organization()))
        .map(rows -> first(rows).map(row -> new Known(row.getBoolean("outside"))));
  }

  static Uni<Optional<Stored>> find(SqlClient client, SharedThing thing, Grantee grantee) {
    SqlText sql =
        on(thing)
            .append(grantee.kind() == Grantee.Kind.TEAM ? " and g.team = " : " and g.principal = ")
            .bind(grantee.id(), "uuid");
    return execute(client, sql).map(rows -> first(rows).map(GrantRepository::stored));
  }

  /** One page, with one row more if there is a next one. */
  static Uni<List<Stored>> list(SqlClient client, SharedThing thing, ListQuery query) {
    SqlText sql = on(thing);
    query.appendFilters(sql);
    query.appendPage(sql, "g.id");
    return execute(client, sql)
        .map(
            rows -> {
              List<Stored> found = new ArrayList<>();
              rows.forEach(row -> found.add(stored(row)));
              return found;
            });
  }

  static Uni<Long> count(SqlClient client, SharedThing thing, ListQuery query) {
    SqlText sql = on(thing);
    query.appendFilters(sql);
    return client
        .preparedQuery("select count(*) from (" + sql.text() + ") granted")
        .execute(Tuple.tuple(sql.parameters()))
        .map(rows -> rows.iterator().next().getLong(0));
  }

  static Uni<Void> insert(
      SqlClient client,
      Caller by,
      SharedThing thing,
      Grantee grantee,
      GrantRequest request,
      boolean across,
      Instant now) {
    boolean team = grantee.kind() == Grantee.Kind.TEAM;
    Tuple values =
        Tuple.tuple()
            .addValue(request.role().wireName())
            .addValue(across)
            .addValue(request.reason())
            .addValue(by.principal())
            .addValue(now.atOffset(ZoneOffset.UTC))
            .addValue(thing.kind())
            .addValue(thing.id())
            .addValue(thing.organization())
            .addValue(team ? null : grantee.id())
            .addValue(team ? grantee.id() : null);
    return client.preparedQuery(INSERT).execute(values).replaceWithVoid();
  }

  static Uni<Void> update(
      SqlClient client, Caller by, UUID id, GrantRequest request, boolean across, Instant now) {
    Tuple values =
        Tuple.tuple()
            .addValue(id)
            .addValue(request.role().wireName())
            .addValue(across)
            .addValue(request.reason())
            .addValue(by.principal())
            .addValue(now.atOffset(ZoneOffset.UTC));
    return client.preparedQuery(UPDATE).execute(values).replaceWithVoid();
  }

  static Uni<Void> delete(SqlClient client, UUID id) {
    return client
        .preparedQuery("delete from access_grant where id = $1")
        .execute(Tuple.of(id))
        .replaceWithVoid();
  }

  /** Whether somebody else than the caller is known to administer the thing. */
  static Uni<Boolean> hasOtherAdmin(SqlClient client, Caller caller, SharedThing thing) {
    Tuple values =
        Tuple.tuple()
            .addValue(thing.kind())
            .addValue(thing.id())
            .addValue(thing.organization())
            .addValue(thing.owner())
            .addValue(caller.principal())
            .addValue(thing.maker());
    return client
        .preparedQuery(OTHER_ADMIN)
        .execute(values)
        .map(rows -> rows.iterator().next().getBoolean(0));
  }

  private static SqlText on(SharedThing thing) {
    return new SqlText()
        .append(COLUMNS)
        .bind(thing.kind(), "text")
        .append(" and g.resource = ")
        .bind(thing.id(), "uuid");
  }

  private static Uni<RowSet<Row>> execute(SqlClient client, SqlText sql) {
    return client.preparedQuery(sql.text()).execute(Tuple.tuple(sql.parameters()));
  }

  private static Stored stored(Row row) {
    return new Stored(
        row.getUUID("id"),
        new Grant(
            row.getString("grantee_kind"),
            row.getUUID("grantee_id"),
            row.getString("grantee_name"),
            row.getBoolean("placeholder"),
            row.getBoolean("disabled"),
            row.getString("role"),
            row.getBoolean("across"),
            row.getString("reason"),
            row.getUUID("granted_by"),
            time(row.getOffsetDateTime("created_at")),
            time(row.getOffsetDateTime("updated_at"))));
  }

  private static Instant time(OffsetDateTime time) {
    return time.toInstant();
  }

  private static Optional<Row> first(RowSet<Row> rows) {
    for (Row row : rows) {
      return Optional.of(row);
    }
    return Optional.empty();
  }
}
