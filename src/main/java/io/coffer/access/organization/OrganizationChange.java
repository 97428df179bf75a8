package io.coffer.access.organization;

import io.coffer.access.AccessEvent;
import io.coffer.access.Bearer;
import io.coffer.access.Denied;
import io.coffer.access.OrganizationKeys;
import io.coffer.access.Recorder;
import io.coffer.access.Role;
import io.coffer.access.organization.OrganizationBodies.Create;
import io.coffer.access.organization.OrganizationBodies.Patch;
import io.coffer.access.organization.OrganizationView.Kek;
import io.coffer.access.people.PeopleFailure;
import io.coffer.web.InvalidBody;
import io.coffer.web.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/** Makes and changes organizations. */
@ApplicationScoped
class OrganizationChange {

  private final Pool database;
  private final OrganizationKeys keys;
  private final Recorder recorder;
  private final Clock clock;

  OrganizationChange(Pool database, OrganizationKeys keys, Recorder recorder, Clock clock) {
    this.database = database;
    this.keys = keys;
    this.recorder = recorder;
    this.clock = clock;
  }

  /** Makes it; for system administrators. */
  Uni<UUID> create(Bearer caller, Create wanted) {
    caller.requireSystemAdmin();
    return database.withTransaction(
        transaction ->
            transaction
                .preparedQuery(
                    "insert into organization (slug, name) values ($1, $2)"
                        + " on conflict do nothing returning id")
                .execute(Tuple.of(wanted.slug(), wanted.name()))
                .map(
                    rows ->
                        rows.stream()
                            .findFirst()
                            .map(row -> row.getUUID("id"))
                            .orElseThrow(
                                () ->
                                    new PeopleFailure.NameTaken(
                                        "Another organization has the slug.")))
                .call(
                    id -> recorder.enlist(transaction, event(caller, "organization.create", id))));
  }

  /**
   * Changes it: its name, for its admins; its own key, for system administrators.
   *
   * @param seen the organization as the caller sees it
   */
  Uni<Void> change(Bearer caller, OrganizationView seen, Patch patch, OptionalLong expected) {
    requireMay(seen, patch);
    return usable(patch)
        .chain(
            () ->
                database.withTransaction(
                    transaction ->
                        locked(transaction, seen.id())
                            .chain(row -> write(transaction, caller, row, patch, expected))));
  }

  private static void requireMay(OrganizationView seen, Patch patch) {
    boolean systemAdmin = seen.roles().contains(Role.SYSTEM_ADMIN.wireName());
    if (patch.kek() != null && !systemAdmin) {
      throw new Denied.MissingRole(Set.of(Role.SYSTEM_ADMIN.wireName()));
    }
    if (!systemAdmin && !seen.roles().contains(Role.ADMIN.wireName())) {
      throw new Denied.MissingRole(Set.of(Role.ADMIN.wireName(), Role.SYSTEM_ADMIN.wireName()));
    }
  }

  /** A key that nobody can use would stop every write of the organization. */
  private Uni<Void> usable(Patch patch) {
    Optional<Kek> kek = patch.kek() == null ? Optional.empty() : patch.kek();
    if (kek.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return keys.check(kek.get().provider(), kek.get().keyId())
        .invoke(verdict -> refuseUnlessUsable(verdict, keys.providers()))
        .replaceWithVoid();
  }

  private static void refuseUnlessUsable(OrganizationKeys.Verdict verdict, Set<String> providers) {
    switch (verdict) {
      case USABLE -> {}
      case UNKNOWN_PROVIDER ->
          throw invalid(
              "kek.provider",
              "provider",
              "It must be a provider that is configured: " + String.join(", ", providers) + ".");
      case UNKNOWN_KEY ->
          throw invalid("kek.key_id", "key", "The provider has no such key that we may use.");
      case UNUSABLE ->
          throw invalid("kek.key_id", "key", "The key is switched off or does not wrap keys.");
    }
  }

  private static InvalidBody invalid(String member, String rule, String message) {
    return new InvalidBody(List.of(new Problem.FieldError(member, rule, message)));
  }

  private static Uni<Row> locked(SqlClient transaction, UUID id) {
    return transaction
        .preparedQuery(
            """
            select id, name, kek_provider, kek_key_id, revision from organization
            where id = $1 for no key update\
            """)
        .execute(Tuple.of(id))
        .map(rows -> rows.stream().findFirst().orElseThrow(Denied.NotVisible::new));
  }

  private Uni<Void> write(
      SqlClient transaction, Bearer caller, Row row, Patch patch, OptionalLong expected) {
    long revision = row.getLong("revision");
    if (expected.isPresent() && expected.getAsLong() != revision) {
      throw new PeopleFailure.RevisionMismatch(revision);
    }
    String provider = row.getString("kek_provider");
    Optional<Kek> before =
        provider == null
            ? Optional.empty()
            : Optional.of(new Kek(provider, row.getString("kek_key_id")));
    String name = patch.name() == null ? row.getString("name") : patch.name();
    Optional<Kek> kek = patch.kek() == null ? before : patch.kek();
    List<String> changed = new ArrayList<>();
    if (!name.equals(row.getString("name"))) {
      changed.add("name");
    }
    if (!kek.equals(before)) {
      changed.add("kek");
    }
    if (changed.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    UUID id = row.getUUID("id");
    return transaction
        .preparedQuery(
            """
            update organization set name = $2, kek_provider = $3, kek_key_id = $4,
              revision = revision + 1, updated_at = now() where id = $1\
            """)
        .execute(
            Tuple.of(
                id, name, kek.map(Kek::provider).orElse(null), kek.map(Kek::keyId).orElse(null)))
        .chain(
            () ->
                recorder.enlist(
                    transaction,
                    event(caller, "organization.update", id)
                        .with(Map.of("changed", String.join(",", changed)))));
  }

  private AccessEvent event(Bearer caller, String action, UUID organization) {
    return caller
        .done(action, clock.instant())
        .in(organization)
        .about(AccessEvent.Target.of("organization", organization));
  }
}
