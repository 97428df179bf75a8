package io.coffer.access.organization;

import io.coffer.access.AccessEvent;
import io.coffer.access.Bearer;
import io.coffer.access.Denied;
import io.coffer.access.Organizations;
import io.coffer.access.Recorder;
import io.coffer.access.people.PeopleFailure;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** Deletes organizations with nothing in them. */
@ApplicationScoped
class OrganizationRemoval {

  private static final String FOREIGN_KEY_VIOLATION = "23503";

  /** More are not told apart. */
  private static final int MAX_COUNTED = 1000;

  /** What counts as something in it. Purged credentials do: auditors may still ask about them. */
  private static final Map<String, String> CONTENTS =
      Map.of(
          "credentials", "credential where deleted_at is null and organization = $1",
          "deleted_credentials",
              "credential where deleted_at is not null and purged_at is null and organization = $1",
          "purged_credentials", "credential where purged_at is not null and organization = $1",
          "credential_types", "credential_type where organization = $1",
          "members", "membership where organization = $1",
          "teams", "team where organization = $1");

  private final Pool database;
  private final Organizations organizations;
  private final Recorder recorder;
  private final Clock clock;

  OrganizationRemoval(Pool database, Organizations organizations, Recorder recorder, Clock clock) {
    this.database = database;
    this.organizations = organizations;
    this.recorder = recorder;
    this.clock = clock;
  }

  /**
   * Deletes it; for system administrators. A token that names it makes a new one later.
   *
   * @return fails with {@link PeopleFailure.NotEmpty} naming what is in it
   */
  Uni<Void> delete(Bearer caller, OrganizationView seen) {
    caller.requireSystemAdmin();
    return database
        .<Void>withTransaction(
            transaction ->
                lock(transaction, seen.id())
                    .chain(() -> contents(transaction, seen.id()))
                    .invoke(OrganizationRemoval::requireNone)
                    .chain(
                        () ->
                            transaction
                                .preparedQuery("delete from organization where id = $1")
                                .execute(Tuple.of(seen.id())))
                    .chain(() -> recorder.enlist(transaction, event(caller, seen.id()))))
        .onFailure(OrganizationRemoval::isReferredTo)
        .transform(_ -> new PeopleFailure.NotEmpty(new TreeMap<>()))
        .invoke(() -> organizations.forget(seen.id(), seen.slug()));
  }

  /** From here on nothing can be put into it: whoever tries waits, and then finds it gone. */
  private static Uni<Void> lock(SqlClient transaction, UUID id) {
    return transaction
        .preparedQuery("select number from organization where id = $1 for update")
        .execute(Tuple.of(id))
        .invoke(
            rows -> {
              Row row = rows.stream().findFirst().orElseThrow(Denied.NotVisible::new);
              if (row.getLong("number") == 1) {
                throw new PeopleFailure.Refused("The first organization is always there.");
              }
            })
        .replaceWithVoid();
  }

  private static Uni<SortedMap<String, Long>> contents(SqlClient transaction, UUID id) {
    SortedMap<String, String> kinds = new TreeMap<>(CONTENTS);
    StringBuilder counts = new StringBuilder("select ");
    kinds.forEach(
        (kind, rows) ->
            counts
                .append(counts.length() > 7 ? ", " : "")
                .append("(select count(*) from (select 1 from ")
                .append(rows)
                .append(" limit " + MAX_COUNTED + ") counted) as ")
                .append(kind));
    return transaction
        .preparedQuery(counts.toString())
        .execute(Tuple.of(id))
        .map(
            rows -> {
              Row row = rows.iterator().next();
              SortedMap<String, Long> found = new TreeMap<>();
              kinds.keySet().forEach(kind -> found.put(kind, row.getLong(kind)));
              found.values().removeIf(count -> count == 0);
              return found;
            });
  }

  private static void requireNone(SortedMap<String, Long> contents) {
    if (!contents.isEmpty()) {
      throw new PeopleFailure.NotEmpty(contents);
    }
  }

  private AccessEvent event(Bearer caller, UUID id) {
    return caller
        .done("organization.delete", clock.instant())
        .in(id)
        .about(AccessEvent.Target.of("organization", id));
  }

  private static boolean isReferredTo(Throwable failure) {
    return failure instanceof PgException refused
        && FOREIGN_KEY_VIOLATION.equals(refused.getSqlState());
  }
}
