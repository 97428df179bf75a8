package io.coffer.access.team;

import io.coffer.access.AccessEvent;
import io.coffer.access.Caller;
import io.coffer.access.Denied;
import io.coffer.access.Recorder;
import io.coffer.access.Role;
import io.coffer.web.list.ListField;
import io.coffer.web.list.ListGrammar;
import io.coffer.web.list.ListQuery;
import io.coffer.web.list.ListView;
import io.coffer.web.list.Listing;
import io.coffer.web.list.SqlText;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Who is in a team. Anybody known by id can be: it need not belong to the organization, whose teams
 * then give it what grants to somebody outside give, never the right to administer.
 */
@ApplicationScoped
class TeamMembers {

  static final ListGrammar GRAMMAR =
      new ListGrammar(
          List.of(
              ListField.uuid("id", "p.id"),
              ListField.text("user_name", "p.user_name"),
              new ListField("display_name", "p.display_name", ListField.Kind.TEXT, false, null),
              ListField.text("kind", "p.kind"),
              ListField.bool("disabled", "(p.disabled_at is not null)"),
              ListField.instant("created_at", "tm.created_at")),
          List.of("p.user_name", "p.display_name"),
          "user_name",
          Set.of());

  private static final String FROM =
      "from team_member tm join principal p on p.id = tm.principal where tm.team = $1::uuid";

  private static final Listing<TeamMemberView> LISTING =
      new Listing<>(TeamMemberView.COLUMNS, "p.id", "id", TeamMemberView::read);

  private final Pool database;
  private final TeamReading teams;
  private final Recorder recorder;
  private final Clock clock;

  TeamMembers(Pool database, TeamReading teams, Recorder recorder, Clock clock) {
    this.database = database;
    this.teams = teams;
    this.recorder = recorder;
    this.clock = clock;
  }

  Uni<ListView<TeamMemberView>> list(Caller caller, UUID team, ListQuery query) {
    SqlText from = new SqlText().append(FROM).with(List.of(team));
    return teams.read(caller, team).chain(() -> LISTING.page(database, from, query));
  }

  /** One who is in it. */
  Uni<TeamMemberView> read(UUID team, UUID principal) {
    return database
        .preparedQuery("select " + TeamMemberView.COLUMNS + " " + FROM + " and p.id = $2")
        .execute(Tuple.of(team, principal))
        .map(
            rows ->
                rows.stream()
                    .findFirst()
                    .map(TeamMemberView::read)
                    .orElseThrow(Denied.NotVisible::new));
  }

  /**
   * Puts somebody into it; for admins. A system administrator that is no admin does not put itself
   * in: a team may lead to values.
   *
   * @return whether it was not in it before
   */
  Uni<Boolean> add(Caller caller, UUID team, UUID principal) {
    return teams
        .read(caller, team)
        .invoke(
            () -> {
              caller.requireAny(Role.ADMIN, Role.SYSTEM_ADMIN);
              if (caller.principal().equals(principal)) {
                caller.requireAny(Role.ADMIN);
              }
            })
        .chain(
            () ->
                database.withTransaction(
                    transaction -> insert(transaction, caller, team, principal)));
  }

  /** Takes somebody out of it; for admins, and anybody may leave. */
  Uni<Void> remove(Caller caller, UUID team, UUID principal) {
    return teams
        .read(caller, team)
        .invoke(
            () -> {
              if (!caller.principal().equals(principal)) {
                caller.requireAny(Role.ADMIN, Role.SYSTEM_ADMIN);
              }
            })
        .chain(
            () ->
                database.withTransaction(
                    transaction -> delete(transaction, caller, team, principal)));
  }

  private Uni<Boolean> insert(SqlClient transaction, Caller caller, UUID team, UUID principal) {
    return transaction
        .preparedQuery("select 1 from principal where id = $1 for key share")
        .execute(Tuple.of(principal))
        .invoke(
            rows -> {
              if (rows.size() == 0) {
                throw new Denied.NotVisible();
              }
            })
        .chain(
            () ->
                transaction
                    .preparedQuery(
                        """
                        insert into team_member (team, principal)
                        select t.id, $2 from team t where t.id = $1 on conflict do nothing""")
                    .execute(Tuple.of(team, principal)))
        .map(rows -> rows.rowCount() == 1)
        .call(made -> record(transaction, made, caller, "team.member.add", team, principal));
  }

  private Uni<Void> delete(SqlClient transaction, Caller caller, UUID team, UUID principal) {
    return transaction
        .preparedQuery("delete from team_member where team = $1 and principal = $2")
        .execute(Tuple.of(team, principal))
        .invoke(
            rows -> {
              if (rows.rowCount() == 0) {
                throw new Denied.NotVisible();
              }
            })
        .chain(() -> record(transaction, true, caller, "team.member.remove", team, principal));
  }

  private Uni<Void> record(
      SqlClient transaction,
      boolean changed,
      Caller caller,
      String action,
      UUID team,
      UUID principal) {
    return changed
        ? recorder.enlist(
            transaction,
            AccessEvent.done(caller, action, clock.instant())
                .about(AccessEvent.Target.of("team", team))
                .with(Map.of("principal", principal.toString())))
        : Uni.createFrom().voidItem();
  }
}
