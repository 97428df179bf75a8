package io.coffer.access.organization;

import io.coffer.access.AccessEvent;
import io.coffer.access.Caller;
import io.coffer.access.Denied;
import io.coffer.access.Recorder;
import io.coffer.access.Role;
import io.coffer.access.people.PeopleFailure;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Makes members, changes their roles, and removes them. Changes of one organization queue up. */
@ApplicationScoped
class MemberChange {

  /** What a system administrator may not give itself: they lead to values. */
  private static final Set<Role> LEAD_TO_VALUES =
      Collections.unmodifiableSet(EnumSet.of(Role.ADMIN, Role.USE, Role.CREATOR));

  private final Pool database;
  private final Recorder recorder;
  private final Clock clock;

  MemberChange(Pool database, Recorder recorder, Clock clock) {
    this.database = database;
    this.recorder = recorder;
    this.clock = clock;
  }

  /**
   * Gives a member these roles and no others.
   *
   * @param force even if the organization is left without an admin
   * @return whether it was no member before; fails with {@link Denied.NotVisible} if there is no
   *     such principal
   */
  Uni<Boolean> set(Caller caller, UUID principal, Set<Role> roles, boolean force) {
    caller.requireAny(Role.ADMIN, Role.SYSTEM_ADMIN);
    requireNothingNewForItself(caller, principal, roles);
    return database.withTransaction(
        transaction ->
            before(transaction, caller, principal)
                .call(
                    before ->
                        force || roles.contains(Role.ADMIN)
                            ? Uni.createFrom().voidItem()
                            : requireAnotherAdmin(transaction, caller, principal, before))
                .call(before -> write(transaction, caller, principal, before, roles))
                .map(Optional::isEmpty));
  }

  /**
   * Removes a member, from the organization's teams too. Anybody may leave.
   *
   * @param force even if the organization is left without an admin
   */
  Uni<Void> remove(Caller caller, UUID principal, boolean force) {
    if (!caller.principal().equals(principal)) {
      caller.requireAny(Role.ADMIN, Role.SYSTEM_ADMIN);
    }
    return database.withTransaction(
        transaction ->
            before(transaction, caller, principal)
                .invoke(
                    before -> {
                      if (before.isEmpty()) {
                        throw new Denied.NotVisible();
                      }
                    })
                .call(
                    before ->
                        force
                            ? Uni.createFrom().voidItem()
                            : requireAnotherAdmin(transaction, caller, principal, before))
                .chain(() -> delete(transaction, caller, principal)));
  }

  /**
   * Whoever administers memberships only because it is over all organizations gets no value by
   * that; whoever holds a role already may keep it.
   */
  private static void requireNothingNewForItself(Caller caller, UUID principal, Set<Role> roles) {
    boolean gains =
        roles.stream().anyMatch(role -> LEAD_TO_VALUES.contains(role) && !caller.has(role));
    if (gains && caller.principal().equals(principal)) {
      caller.requireAny(Role.ADMIN);
    }
  }

  /** The roles that the row gives now, empty if there is none; nobody changes them meanwhile. */
  private static Uni<Optional<Set<String>>> before(
      SqlClient transaction, Caller caller, UUID principal) {
    return transaction
        .preparedQuery("select id from organization where id = $1 for no key update")
        .execute(Tuple.of(caller.organization()))
        .chain(
            () ->
                transaction
                    .preparedQuery(
                        """
                        select m.roles from principal p
                        left join membership m on m.principal = p.id and m.organization = $1
                        where p.id = $2 for key share of p""")
                    .execute(Tuple.of(caller.organization(), principal)))
        .map(
            rows ->
                Optional.ofNullable(
                        rows.stream()
                            .findFirst()
                            .orElseThrow(Denied.NotVisible::new)
                            .getArrayOfStrings("roles"))
                    .map(Set::of));
  }

  private static Uni<Void> requireAnotherAdmin(
      SqlClient transaction, Caller caller, UUID principal, Optional<Set<String>> before) {
    if (!before.orElse(Set.of()).contains(Role.ADMIN.wireName())) {
      return Uni.createFrom().voidItem();
    }
    return transaction
        .preparedQuery(
            """
            select count(*) from membership m join principal p on p.id = m.principal
            where m.organization = $1 and m.principal <> $2 and 'admin' = any(m.roles)
              and p.disabled_at is null and p.issuer is not null""")
        .execute(Tuple.of(caller.organization(), principal))
        .invoke(
            rows -> {
              if (rows.iterator().next().getLong(0) == 0) {
                throw new PeopleFailure.Refused(
                    "It is the organization's last admin; force=true does it all the same.");
              }
            })
        .replaceWithVoid();
  }

  private Uni<Void> write(
      SqlClient transaction,
      Caller caller,
      UUID principal,
      Optional<Set<String>> before,
      Set<Role> roles) {
    Set<String> names = Set.copyOf(Role.wireNames(roles));
    if (before.isPresent() && before.get().equals(names)) {
      return Uni.createFrom().voidItem();
    }
    return transaction
        .preparedQuery(
            """
            insert into membership (organization, principal, roles) values ($1, $2, $3)
            on conflict (principal, organization)
              do update set roles = excluded.roles, updated_at = now()""")
        .execute(
            Tuple.of(
                caller.organization(), principal, Role.wireNames(roles).toArray(String[]::new)))
        .chain(
            () ->
                recorder.enlist(
                    transaction,
                    event(caller, "member.set", principal)
                        .with(
                            Map.of(
                                "roles", String.join(",", Role.wireNames(roles)),
                                "before",
                                    String.join(
                                        ",",
                                        before.orElse(Set.of()).stream().sorted().toList())))));
  }

  private Uni<Void> delete(SqlClient transaction, Caller caller, UUID principal) {
    return transaction
        .preparedQuery(
            """
            delete from team_member tm using team t
            where t.id = tm.team and t.organization = $1 and tm.principal = $2""")
        .execute(Tuple.of(caller.organization(), principal))
        .chain(
            teams ->
                transaction
                    .preparedQuery(
                        "delete from membership where organization = $1 and principal = $2")
                    .execute(Tuple.of(caller.organization(), principal))
                    .replaceWith(teams.rowCount()))
        .chain(
            teams ->
                recorder.enlist(
                    transaction,
                    event(caller, "member.remove", principal)
                        .with(Map.of("teams", String.valueOf(teams)))));
  }

  private AccessEvent event(Caller caller, String action, UUID principal) {
    return AccessEvent.done(caller, action, clock.instant())
        .about(AccessEvent.Target.of("principal", principal));
  }
}
