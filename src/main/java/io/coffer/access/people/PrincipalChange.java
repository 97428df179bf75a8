package io.coffer.access.people;

import com.fasterxml.jackson.databind.JsonNode;
import io.coffer.access.AccessEvent;
import io.coffer.access.Bearer;
import io.coffer.access.Denied;
import io.coffer.access.Recorder;
import io.coffer.web.JsonBody;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Disables and enables people and workloads, and puts them over all organizations. */
@ApplicationScoped
class PrincipalChange {

  private final Pool database;
  private final Recorder recorder;
  private final Clock clock;

  PrincipalChange(Pool database, Recorder recorder, Clock clock) {
    this.database = database;
    this.recorder = recorder;
    this.clock = clock;
  }

  /**
   * A merge patch.
   *
   * @param disabled whether it is refused everywhere; null: as it is
   * @param systemAdmin whether it is over all organizations; null: as it is
   */
  record Patch(@Nullable Boolean disabled, @Nullable Boolean systemAdmin) {

    static Patch read(@Nullable JsonNode node) {
      JsonBody body = new JsonBody(node);
      Patch patch = new Patch(flag(body, "disabled"), flag(body, "system_admin"));
      body.finish();
      return patch;
    }

    private static @Nullable Boolean flag(JsonBody body, String member) {
      if (body.isNull(member)) {
        body.error(member, "boolean", "It must be true or false.");
      }
      return body.bool(member);
    }
  }

  /**
   * Changes it.
   *
   * @return fails with {@link Denied.NotVisible} if there is no such principal, with {@link
   *     PeopleFailure.Refused} where the caller would lock itself out, or somebody who has not come
   *     would be over all organizations
   */
  Uni<Void> change(Bearer caller, UUID id, Patch patch) {
    caller.requireSystemAdmin();
    if (caller.principal().equals(id) && Boolean.TRUE.equals(patch.disabled())) {
      throw new PeopleFailure.Refused(
          "You would lock yourself out; somebody else can disable you.");
    }
    return database.withTransaction(
        transaction ->
            locked(transaction, id)
                .invoke(row -> requireArrived(row, patch))
                .call(row -> disabled(transaction, caller, id, row, patch.disabled()))
                .call(row -> systemAdmin(transaction, caller, id, row, patch.systemAdmin()))
                .replaceWithVoid());
  }

  private static Uni<Row> locked(SqlClient transaction, UUID id) {
    return transaction
        .preparedQuery(
            """
            select issuer, disabled_at is not null as disabled, system_admin
            from principal where id = $1 for no key update""")
        .execute(Tuple.of(id))
        .map(rows -> rows.stream().findFirst().orElseThrow(Denied.NotVisible::new));
  }

  private static void requireArrived(Row row, Patch patch) {
    if (row.getString("issuer") == null && Boolean.TRUE.equals(patch.systemAdmin())) {
      throw new PeopleFailure.Refused("A placeholder is nobody yet, and administers nothing.");
    }
  }

  private Uni<Void> disabled(
      SqlClient transaction, Bearer caller, UUID id, Row row, @Nullable Boolean wanted) {
    if (wanted == null || wanted.equals(row.getBoolean("disabled"))) {
      return Uni.createFrom().voidItem();
    }
    return transaction
        .preparedQuery(
            "update principal set disabled_at = case when $2 then now() end where id = $1")
        .execute(Tuple.of(id, wanted))
        .chain(
            () ->
                record(transaction, caller, id, wanted ? "principal.disable" : "principal.enable"));
  }

  private Uni<Void> systemAdmin(
      SqlClient transaction, Bearer caller, UUID id, Row row, @Nullable Boolean wanted) {
    if (wanted == null || wanted.equals(row.getBoolean("system_admin"))) {
      return Uni.createFrom().voidItem();
    }
    String action = wanted ? "principal.promote" : "principal.demote";
    return transaction
        .preparedQuery("update principal set system_admin = $2 where id = $1")
        .execute(Tuple.of(id, wanted))
        .chain(() -> record(transaction, caller, id, action));
  }

  private Uni<Void> record(SqlClient transaction, Bearer caller, UUID id, String action) {
    return recorder.enlist(
        transaction,
        caller.done(action, clock.instant()).about(AccessEvent.Target.of("principal", id)));
  }
}
