package io.coffer.access.people;

import io.coffer.access.AccessEvent;
import io.coffer.access.Caller;
import io.coffer.access.NewPrincipal;
import io.coffer.access.PrincipalRows;
import io.coffer.access.PrincipalRows.Made;
import io.coffer.access.Recorder;
import io.coffer.access.Role;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;

/** Announces people and workloads that have not come yet, as members of an organization. */
@ApplicationScoped
class Newcomers {

  private static final String BELONGS_ELSEWHERE =
      """
      select count(*) filter (where organization <> $2) > 0
        and count(*) filter (where organization = $2) = 0
      from membership where principal = $1""";

  private static final String RENEW =
      """
      update principal set bind_until = now() + make_interval(secs => $2::bigint)
      where id = $1 and bind_until <= now()""";

  private final Pool database;
  private final Recorder recorder;
  private final Clock clock;

  Newcomers(Pool database, Recorder recorder, Clock clock) {
    this.database = database;
    this.recorder = recorder;
    this.clock = clock;
  }

  /**
   * Makes the row, if there is none, and a membership without roles, if there is none. Who is known
   * already and belongs to another organization alone is not drawn into this one by guessing its
   * name: with two organizations, its requests would have to name one.
   *
   * @return the id, and whether anything was made
   */
  Uni<Made> announce(Caller caller, NewPrincipal newcomer) {
    caller.requireAny(Role.ADMIN, Role.SYSTEM_ADMIN);
    return database.withTransaction(
        transaction ->
            PrincipalRows.findOrMake(transaction, newcomer)
                .call(
                    made ->
                        made.made()
                            ? created(transaction, caller, newcomer, made)
                            : Uni.createFrom().voidItem())
                .call(
                    made ->
                        made.made()
                            ? Uni.createFrom().voidItem()
                            : found(transaction, caller, newcomer, made))
                .chain(made -> join(transaction, caller, made)));
  }

  private Uni<Void> created(
      SqlClient transaction, Caller caller, NewPrincipal newcomer, Made made) {
    String action = newcomer.issuer() == null ? "placeholder.create" : "principal.create";
    return recorder.enlist(transaction, event(caller, action, made.id()));
  }

  private Uni<Void> found(SqlClient transaction, Caller caller, NewPrincipal newcomer, Made made) {
    return transaction
        .preparedQuery(BELONGS_ELSEWHERE)
        .execute(Tuple.of(made.id(), caller.organization()))
        .invoke(
            rows -> {
              boolean elsewhere = rows.iterator().next().getBoolean(0);
              if (elsewhere && !caller.has(Role.SYSTEM_ADMIN)) {
                throw new PeopleFailure.Refused(
                    "It belongs to another organization; a system administrator can add it.");
              }
            })
        .chain(
            () ->
                transaction
                    .preparedQuery(RENEW)
                    .execute(Tuple.of(made.id(), newcomer.bindWithin().toSeconds())))
        .replaceWithVoid();
  }

  private Uni<Made> join(SqlClient transaction, Caller caller, Made made) {
    return transaction
        .preparedQuery(
            "insert into membership (organization, principal) values ($1, $2)"
                + " on conflict do nothing")
        .execute(Tuple.of(caller.organization(), made.id()))
        .chain(
            rows ->
                rows.rowCount() == 0
                    ? Uni.createFrom().item(made)
                    : recorder
                        .enlist(
                            transaction,
                            event(caller, "member.set", made.id()).with(Map.of("roles", "")))
                        .replaceWith(new Made(made.id(), true)));
  }

  private AccessEvent event(Caller caller, String action, UUID principal) {
    return AccessEvent.done(caller, action, clock.instant())
        .about(AccessEvent.Target.of("principal", principal));
  }
}
