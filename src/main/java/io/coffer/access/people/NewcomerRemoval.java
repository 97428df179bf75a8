package io.coffer.access.people;

import io.coffer.access.AccessEvent;
import io.coffer.access.Caller;
import io.coffer.access.Denied;
import io.coffer.access.Recorder;
import io.coffer.access.Role;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Deletes those who have not come yet, placeholders and who was announced by name, with what was
 * given to them. Whoever has come stays for ever, as the record names it.
 */
@ApplicationScoped
class NewcomerRemoval {

  private static final String LOCK =
      """
      select issuer is null as placeholder, bound_at is not null as come,
        system_admin or disabled_at is not null as judged
      from principal where id = $1 for update""";

  /** Whether something binds it to another organization. */
  private static final String ELSEWHERE =
      """
      select exists (select 1 from membership where principal = $1 and organization <> $2)
        or exists (select 1 from access_grant where principal = $1 and organization <> $2)
        or exists (select 1 from team_member tm join team t on t.id = tm.team
          where tm.principal = $1 and t.organization <> $2)""";

  /** Those that wait for it, as many as are told. */
  private static final String ORGANIZATIONS =
      """
      select organization from membership where principal = $1
      union select organization from access_grant where principal = $1
      union select t.organization from team_member tm join team t on t.id = tm.team
        where tm.principal = $1
      limit 100""";

  private static final String REVOKE =
      """
      delete from access_grant where principal = $1
      returning resource_kind, resource, organization, role""";

  private static final List<String> DELETIONS =
      List.of(
          "delete from team_member where principal = $1",
          "delete from membership where principal = $1",
          "delete from principal where id = $1");

  private final Pool database;
  private final Recorder recorder;
  private final Clock clock;

  NewcomerRemoval(Pool database, Recorder recorder, Clock clock) {
    this.database = database;
    this.recorder = recorder;
    this.clock = clock;
  }

  /**
   * Deletes it, and tells it in every organization that waited.
   *
   * @param id one that the caller may see
   * @return fails with {@link Denied.MissingRole} without the role admin, with {@link
   *     PeopleFailure.Refused} if it has come, or if more than the caller's organization has
   *     decided about it and the caller is not over all of them
   */
  Uni<Void> delete(Caller caller, UUID id) {
    caller.requireAny(Role.ADMIN, Role.SYSTEM_ADMIN);
    return database.withTransaction(
        transaction ->
            lock(transaction, caller, id)
                .call(() -> requireOwn(transaction, caller, id))
                .chain(
                    action ->
                        organizations(transaction, caller, id)
                            .call(() -> revoke(transaction, caller, id))
                            .call(() -> erase(transaction, id))
                            .chain(told -> record(transaction, caller, action, id, told))));
  }

  private static Uni<Set<UUID>> organizations(SqlClient transaction, Caller caller, UUID id) {
    return transaction
        .preparedQuery(ORGANIZATIONS)
        .execute(Tuple.of(id))
        .map(
            rows -> {
              Set<UUID> all = new LinkedHashSet<>(Set.of(caller.organization()));
              rows.forEach(row -> all.add(row.getUUID(0)));
              return all;
            });
  }

  /** What its deletion is called in the record. */
  private static Uni<String> lock(SqlClient transaction, Caller caller, UUID id) {
    return transaction
        .preparedQuery(LOCK)
        .execute(Tuple.of(id))
        .map(
            rows -> {
              Row row = rows.stream().findFirst().orElseThrow(Denied.NotVisible::new);
              if (row.getBoolean("come")) {
                throw new PeopleFailure.Refused(
                    "Somebody has come as this one, and the record names it; take its membership,"
                        + " or disable it.");
              }
              if (row.getBoolean("judged") && !caller.has(Role.SYSTEM_ADMIN)) {
                throw new PeopleFailure.Refused(
                    "It is disabled or over all organizations, which would be forgotten with it; a"
                        + " system administrator can delete it.");
              }
              return row.getBoolean("placeholder") ? "placeholder.delete" : "principal.delete";
            });
  }

  private static Uni<Void> requireOwn(SqlClient transaction, Caller caller, UUID id) {
    if (caller.has(Role.SYSTEM_ADMIN)) {
      return Uni.createFrom().voidItem();
    }
    return transaction
        .preparedQuery(ELSEWHERE)
        .execute(Tuple.of(id, caller.organization()))
        .invoke(
            rows -> {
              if (rows.iterator().next().getBoolean(0)) {
                throw new PeopleFailure.Refused(
                    "Another organization waits for it too; take its membership in yours.");
              }
            })
        .replaceWithVoid();
  }

  /** The record of each thing tells by whom it can be used no more. */
  private Uni<Void> revoke(SqlClient transaction, Caller caller, UUID id) {
    return transaction
        .preparedQuery(REVOKE)
        .execute(Tuple.of(id))
        .chain(
            rows -> {
              List<AccessEvent> events = new ArrayList<>();
              rows.forEach(row -> events.add(revoked(caller, id, row)));
              return enlist(transaction, events);
            });
  }

  private AccessEvent revoked(Caller caller, UUID id, Row row) {
    return AccessEvent.done(caller, "grant.revoke", clock.instant())
        .in(row.getUUID("organization"))
        .about(AccessEvent.Target.of(row.getString("resource_kind"), row.getUUID("resource")))
        .with(
            Map.of(
                "grantee", id.toString(),
                "grantee_kind", "principal",
                "previous_role", row.getString("role")));
  }

  private static Uni<Void> erase(SqlClient transaction, UUID id) {
    return Multi.createFrom()
        .iterable(DELETIONS)
        .onItem()
        .transformToUniAndConcatenate(sql -> transaction.preparedQuery(sql).execute(Tuple.of(id)))
        .collect()
        .asList()
        .replaceWithVoid();
  }

  private Uni<Void> record(
      SqlClient transaction, Caller caller, String action, UUID id, Set<UUID> organizations) {
    AccessEvent event =
        AccessEvent.done(caller, action, clock.instant())
            .about(AccessEvent.Target.of("principal", id));
    return enlist(transaction, organizations.stream().map(event::in).toList());
  }

  private Uni<Void> enlist(SqlClient transaction, List<AccessEvent> events) {
    return Multi.createFrom()
        .iterable(events)
        .onItem()
        .transformToUniAndConcatenate(event -> recorder.enlist(transaction, event))
        .collect()
        .asList()
        .replaceWithVoid();
  }
}
