package io.coffer.access.team;

import io.coffer.access.AccessEvent;
import io.coffer.access.Caller;
import io.coffer.access.Denied;
import io.coffer.access.Recorder;
import io.coffer.access.Role;
import io.coffer.access.people.PeopleFailure;
import io.coffer.access.team.TeamBodies.Patch;
import io.coffer.access.team.TeamBodies.TeamText;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** Makes, changes and deletes teams of the selected organization. */
@ApplicationScoped
class TeamChange {

  private final Pool database;
  private final Recorder recorder;
  private final Clock clock;

  TeamChange(Pool database, Recorder recorder, Clock clock) {
    this.database = database;
    this.recorder = recorder;
    this.clock = clock;
  }

  /** Makes it; for admins. */
  Uni<UUID> create(Caller caller, TeamText text) {
    requireMay(caller, text.claimValue());
    return database
        .withTransaction(
            transaction ->
                transaction
                    .preparedQuery(
                        """
                        insert into team (organization, name, description, claim_value)
                        values ($1, $2, $3, $4) returning id""")
                    .execute(
                        Tuple.of(
                            caller.organization(),
                            text.name(),
                            text.description(),
                            text.claimValue().orElse(null)))
                    .map(rows -> rows.iterator().next().getUUID("id"))
                    .call(id -> recorder.enlist(transaction, event(caller, "team.create", id))))
        .onFailure(PgException.class)
        .transform(TeamChange::told);
  }

  /** Changes it; for admins. */
  Uni<Void> change(Caller caller, UUID id, Patch patch, OptionalLong expected) {
    requireMay(caller, patch.claimValue() == null ? Optional.empty() : patch.claimValue());
    return database
        .<Void>withTransaction(
            transaction ->
                locked(transaction, caller, id)
                    .chain(row -> write(transaction, caller, row, patch, expected)))
        .onFailure(PgException.class)
        .transform(TeamChange::told);
  }

  /** Deletes it, with what was granted to it; for admins. */
  Uni<Void> delete(Caller caller, UUID id, OptionalLong expected) {
    requireMay(caller, Optional.empty());
    return database.withTransaction(
        transaction ->
            locked(transaction, caller, id)
                .invoke(row -> requireRevision(row, expected))
                .chain(
                    () ->
                        transaction
                            .preparedQuery("delete from team where id = $1")
                            .execute(Tuple.of(id)))
                .chain(() -> recorder.enlist(transaction, event(caller, "team.delete", id))));
  }

  /**
   * A system administrator that is no admin does not draw itself into a team by its own token: a
   * team may lead to values.
   */
  private static void requireMay(Caller caller, Optional<String> claimValue) {
    caller.requireAny(Role.ADMIN, Role.SYSTEM_ADMIN);
    if (claimValue.filter(caller::presentsTeam).isPresent()) {
      caller.requireAny(Role.ADMIN);
    }
  }

  private static Uni<Row> locked(SqlClient transaction, Caller caller, UUID id) {
    return transaction
        .preparedQuery(
            "select "
                + TeamView.COLUMNS
                + " from team t where t.id = $1 and t.organization = $2 for update")
        .execute(Tuple.of(id, caller.organization()))
        .map(rows -> rows.stream().findFirst().orElseThrow(Denied.NotVisible::new));
  }

  private static void requireRevision(Row row, OptionalLong expected) {
    long revision = row.getLong("revision");
    if (expected.isPresent() && expected.getAsLong() != revision) {
      throw new PeopleFailure.RevisionMismatch(revision);
    }
  }

  private Uni<Void> write(
      SqlClient transaction, Caller caller, Row row, Patch patch, OptionalLong expected) {
    requireRevision(row, expected);
    TeamText before =
        new TeamText(
            row.getString("name"),
            row.getString("description"),
            Optional.ofNullable(row.getString("claim_value")));
    TeamText after = patch.onto(before);
    if (after.equals(before)) {
      return Uni.createFrom().voidItem();
    }
    UUID id = row.getUUID("id");
    return transaction
        .preparedQuery(
            """
            update team set name = $2, description = $3, claim_value = $4,
              revision = revision + 1, updated_at = now() where id = $1""")
        .execute(Tuple.of(id, after.name(), after.description(), after.claimValue().orElse(null)))
        .chain(
            () ->
                recorder.enlist(
                    transaction,
                    event(caller, "team.update", id)
                        .with(Map.of("changed", changed(before, after)))));
  }

  private static String changed(TeamText before, TeamText after) {
    List<String> changed = new ArrayList<>();
    if (!after.name().equals(before.name())) {
      changed.add("name");
    }
    if (!after.description().equals(before.description())) {
      changed.add("description");
    }
    if (!after.claimValue().equals(before.claimValue())) {
      changed.add("claim_value");
    }
    return String.join(",", changed);
  }

  private AccessEvent event(Caller caller, String action, UUID team) {
    return AccessEvent.done(caller, action, clock.instant())
        .about(AccessEvent.Target.of("team", team));
  }

  private static Throwable told(Throwable failure) {
    String constraint = failure instanceof PgException refused ? refused.getConstraint() : null;
    return switch (constraint) {
      case "team_name_unique" ->
          new PeopleFailure.NameTaken("Another team of the organization has the name.");
      case "team_claim_unique" ->
          new PeopleFailure.NameTaken("Another team of the organization has the claim_value.");
      case null, default -> failure;
    };
  }
}
