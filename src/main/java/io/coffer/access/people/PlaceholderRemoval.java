package io.coffer.access.people;

import io.coffer.access.AccessEvent;
import io.coffer.access.Caller;
import io.coffer.access.Denied;
import io.coffer.access.Recorder;
import io.coffer.access.Role;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Deletes placeholders that nobody became, with what was given to them. Whoever has come stays for
 * ever, as the record names it.
 */
@ApplicationScoped
class PlaceholderRemoval {

  private static final String LOCK =
      "select issuer is null as placeholder from principal where id = $1 for update";

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

  private static final List<String> DELETIONS =
      List.of(
          "delete from access_grant where principal = $1",
          "delete from team_member where principal = $1",
          "delete from membership where principal = $1",
          "delete from principal where id = $1");

  private final Pool database;
  private final Recorder recorder;
  private final Clock clock;

  PlaceholderRemoval(Pool database, Recorder recorder, Clock clock) {
    this.database = database;
    this.recorder = recorder;
    this.clock = clock;
  }

  /**
   * Deletes it, and tells it in every organization that waited.
   *
   * @param id one that the caller may see
   * @return fails with {@link Denied.MissingRole} without the role admin, with {@link
   *     PeopleFailure.Refused} if it is no placeholder any more, or if another organization waits
   *     for it too and the caller is not over all of them
   */
  Uni<Void> delete(Caller caller, UUID id) {
    caller.requireAny(Role.ADMIN, Role.SYSTEM_ADMIN);
    return database.withTransaction(
        transaction ->
            lock(transaction, id)
                .chain(() -> requireOwn(transaction, caller, id))
                .chain(() -> organizations(transaction, caller, id))
                .call(() -> erase(transaction, id))
                .chain(told -> record(transaction, caller, id, told)));
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

  private static Uni<Void> lock(SqlClient transaction, UUID id) {
    return transaction
        .preparedQuery(LOCK)
        .execute(Tuple.of(id))
        .invoke(
            rows -> {
              Row row = rows.stream().findFirst().orElseThrow(Denied.NotVisible::new);
              if (!row.getBoolean("placeholder")) {
                throw new PeopleFailure.Refused(
                    "Somebody has come as this one, and the record names it; take its membership,"
                        + " or disable it.");
              }
            })
        .replaceWithVoid();
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

  private static Uni<Void> erase(SqlClient transaction, UUID id) {
    Uni<Void> all = Uni.createFrom().voidItem();
    for (String deletion : DELETIONS) {
      all =
          all.chain(
              () -> transaction.preparedQuery(deletion).execute(Tuple.of(id)).replaceWithVoid());
    }
    return all;
  }

  private Uni<Void> record(SqlClient transaction, Caller caller, UUID id, Set<UUID> organizations) {
    AccessEvent event =
        AccessEvent.done(caller, "placeholder.delete", clock.instant())
            .about(AccessEvent.Target.of("principal", id));
    Uni<Void> all = Uni.createFrom().voidItem();
    for (UUID organization : organizations) {
      all = all.chain(() -> recorder.enlist(transaction, event.in(organization)));
    }
    return all;
  }
}
