package io.coffer.access.grant;

import io.coffer.access.AccessEvent;
import io.coffer.access.Caller;
import io.coffer.access.Denied;
import io.coffer.access.Recorder;
import io.coffer.access.Right;
import io.coffer.access.grant.GrantRepository.Stored;
import io.coffer.access.grant.GrantRules.Permit;
import io.coffer.web.list.ListField;
import io.coffer.web.list.ListGrammar;
import io.coffer.web.list.ListQuery;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Grants of roles on single things. Each change is one transaction that holds the thing's row, so
 * that two changes at once see each other.
 */
@ApplicationScoped
public class Grants {

  /** By what grants can be filtered and ordered. */
  public static final ListGrammar GRAMMAR =
      new ListGrammar(
          List.of(
              ListField.text(
                  "grantee_kind", "case when g.team is null then 'principal' else 'team' end"),
              ListField.uuid("grantee_id", "coalesce(g.principal, g.team)"),
              ListField.text("grantee_name", "coalesce(p.user_name, t.name)"),
              ListField.text("role", "g.role"),
              ListField.bool("across_organizations", "g.across"),
              ListField.uuid("granted_by", "g.granted_by"),
              ListField.instant("created_at", "g.created_at"),
              ListField.instant("updated_at", "g.updated_at")),
          List.of("coalesce(p.user_name, t.name)"),
          "created_at",
          Set.of());

  private final Pool pool;
  private final Recorder recorder;
  private final Clock clock;

  Grants(Pool pool, Recorder recorder, Clock clock) {
    this.pool = pool;
    this.recorder = recorder;
    this.clock = clock;
  }

  /**
   * A page of the grants on one thing.
   *
   * @param items the grants
   * @param next the cursor of the next page; null on the last
   * @param total how many there are in all; null if nobody asked
   */
  public record Page(List<Grant> items, @Nullable String next, @Nullable Long total) {}

  /** The grants on a thing, for those who administer it. */
  public Uni<Page> list(SharedThings things, Caller caller, UUID id, ListQuery query) {
    return found(things.find(pool, caller, id))
        .flatMap(
            thing -> {
              Uni<@Nullable Long> total =
                  query.wantsTotal()
                      ? GrantRepository.count(pool, thing, query).map(count -> count)
                      : Uni.createFrom().nullItem();
              return total.flatMap(
                  count ->
                      GrantRepository.list(pool, thing, query)
                          .map(rows -> page(query, rows, count)));
            });
  }

  /**
   * Grants the role, in place of the one that the grantee had.
   *
   * @param force whether the caller may be the last to administer the thing
   * @return fails with {@link Denied} or {@link LastAdmin}
   */
  public Uni<Grant> set(
      SharedThings things,
      Caller caller,
      UUID id,
      Grantee grantee,
      GrantRequest request,
      boolean force) {
    return changing(
        things,
        caller,
        id,
        force,
        (transaction, thing) -> {
          Permit permit = GrantRules.permit(caller, thing, grantee, request);
          return GrantRepository.known(transaction, thing, grantee)
              .map(known -> known.orElseThrow(Denied.NotVisible::new))
              .invoke(known -> GrantRules.requireReach(known, request.role(), permit))
              .chain(() -> GrantRepository.find(transaction, thing, grantee))
              .flatMap(
                  before -> write(transaction, caller, thing, grantee, request, permit, before))
              .chain(() -> GrantRepository.find(transaction, thing, grantee))
              .map(stored -> stored.orElseThrow().grant());
        });
  }

  /**
   * Takes back what was granted.
   *
   * @param force whether the caller may be the last to administer the thing
   * @return fails with {@link Denied} or {@link LastAdmin}
   */
  public Uni<Void> revoke(
      SharedThings things, Caller caller, UUID id, Grantee grantee, boolean force) {
    return changing(
        things,
        caller,
        id,
        force,
        (transaction, thing) ->
            GrantRepository.find(transaction, thing, grantee)
                .map(stored -> stored.orElseThrow(Denied.NotVisible::new))
                .call(stored -> GrantRepository.delete(transaction, stored.id()))
                .call(
                    stored ->
                        recorder.enlist(
                            transaction,
                            event(caller, thing, "grant.revoke", grantee)
                                .with(Map.of("previous_role", stored.grant().role()))))
                .replaceWithVoid());
  }

  /** What is done in the transaction. */
  private interface Change<T> {
    Uni<T> apply(SqlConnection transaction, SharedThing thing);
  }

  private <T> Uni<T> changing(
      SharedThings things, Caller caller, UUID id, boolean force, Change<T> change) {
    Function<SqlConnection, Uni<T>> work =
        transaction ->
            things
                .lock(transaction, id)
                .chain(() -> found(things.find(transaction, caller, id)))
                .flatMap(
                    thing ->
                        change
                            .apply(transaction, thing)
                            .call(
                                () ->
                                    force
                                        ? Uni.createFrom().voidItem()
                                        : requireAdmin(things, transaction, caller, thing)));
    return pool.withTransaction(work);
  }

  /** Looks at what the change left: whoever took its own right away must leave another admin. */
  private static Uni<Void> requireAdmin(
      SharedThings things, SqlConnection transaction, Caller caller, SharedThing before) {
    return things
        .find(transaction, caller, before.id())
        .flatMap(
            after ->
                after.filter(thing -> thing.rights().has(Right.ADMIN)).isPresent()
                    ? Uni.createFrom().item(true)
                    : GrantRepository.hasOtherAdmin(transaction, caller, before))
        .invoke(
            administered -> {
              if (!administered) {
                throw new LastAdmin();
              }
            })
        .replaceWithVoid();
  }

  private Uni<Void> write(
      SqlConnection transaction,
      Caller caller,
      SharedThing thing,
      Grantee grantee,
      GrantRequest request,
      Permit permit,
      Optional<Stored> before) {
    Optional<Grant> old = before.map(Stored::grant);
    boolean sameRole = old.filter(it -> it.role().equals(request.role().wireName())).isPresent();
    // Whoever repeats a grant takes nothing from it.
    boolean across = permit.across() || (sameRole && old.orElseThrow().acrossOrganizations());
    if (sameRole && across == old.orElseThrow().acrossOrganizations() && !permit.emergency()) {
      return Uni.createFrom().voidItem();
    }
    var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Uni<Void> written =
        before.isPresent()
            ? GrantRepository.update(transaction, caller, before.get().id(), request, across, now)
            : GrantRepository.insert(transaction, caller, thing, grantee, request, across, now);
    String action = permit.emergency() ? "grant.emergency" : "grant.set";
    Map<String, String> details = new HashMap<>();
    details.put("role", request.role().wireName());
    details.put("previous_role", old.map(Grant::role).orElse("none"));
    details.put("across", Boolean.toString(across));
    if (request.reason() != null) {
      details.put("reason", GrantRequest.code(request.reason()));
    }
    return written.chain(
        () -> recorder.enlist(transaction, event(caller, thing, action, grantee).with(details)));
  }

  private AccessEvent event(Caller caller, SharedThing thing, String action, Grantee grantee) {
    return AccessEvent.done(caller, action, clock.instant())
        .in(thing.organization())
        .about(thing.target())
        .with(
            Map.of(
                "grantee", grantee.id().toString(),
                "grantee_kind", grantee.kind().wireName()));
  }

  /** The thing, for those who administer it. */
  static Uni<SharedThing> found(Uni<Optional<SharedThing>> search) {
    return search
        .map(thing -> thing.orElseThrow(Denied.NotVisible::new))
        .invoke(thing -> thing.rights().require(Right.ADMIN));
  }

  private static Page page(ListQuery query, List<Stored> rows, @Nullable Long total) {
    ListQuery.Page<Stored> page = query.page(rows, Stored::id, Grants::valueOf);
    return new Page(page.rows().stream().map(Stored::grant).toList(), page.next(), total);
  }

  private static Object valueOf(Stored stored, String field) {
    Grant grant = stored.grant();
    return switch (field) {
      case "grantee_kind" -> grant.granteeKind();
      case "grantee_name" -> grant.granteeName();
      case "role" -> grant.role();
      case "created_at" -> grant.createdAt();
      case "updated_at" -> grant.updatedAt();
      default -> throw new IllegalArgumentException("the list is not ordered by " + field);
    };
  }
}
