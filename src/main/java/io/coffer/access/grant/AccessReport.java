package io.coffer.access.grant;

import io.coffer.access.AccessDecision;
import io.coffer.access.Caller;
import io.coffer.access.Right;
import io.coffer.access.Rights;
import io.coffer.access.Role;
import io.coffer.access.grant.AccessEntry.Missing;
import io.coffer.access.grant.AccessEntry.Who;
import io.coffer.web.list.InvalidQuery;
import io.coffer.web.list.ListField;
import io.coffer.web.list.ListGrammar;
import io.coffer.web.list.ListQuery;
import io.coffer.web.list.SqlText;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells who has access to a thing and for which reasons. */
@ApplicationScoped
public class AccessReport {

  /** By what the list of those who have access can be filtered and ordered. */
  public static final ListGrammar GRAMMAR =
      new ListGrammar(
          List.of(
              ListField.uuid("id", "p.id"),
              ListField.text("user_name", "p.user_name"),
              ListField.text("kind", "p.kind")),
          List.of("p.user_name"),
          "user_name",
          Set.of("principal"));

  private final Pool pool;

  AccessReport(Pool pool) {
    this.pool = pool;
  }

  /**
   * A page of those who have access.
   *
   * @param items in the order asked for
   * @param next the cursor of the next page; null on the last
   * @param total how many there are in all; null if nobody asked
   */
  public record Page(List<AccessEntry> items, @Nullable String next, @Nullable Long total) {}

  /** Everybody whom rows name, with what rows say alone; for those who administer the thing. */
  public Uni<Page> list(SharedThings things, Caller caller, UUID id, ListQuery query) {
    return Grants.found(things.find(pool, caller, id))
        .flatMap(
            thing ->
                people(thing, query)
                    .flatMap(
                        rows -> {
                          ListQuery.Page<Who> page =
                              query.page(rows, AccessReport::id, AccessReport::valueOf);
                          return entries(thing, page.rows(), null)
                              .flatMap(
                                  items ->
                                      total(thing, query)
                                          .map(count -> new Page(items, page.next(), count)));
                        }));
  }

  /**
   * What one principal may do and why: the caller itself with what its token says, anybody else by
   * rows alone.
   *
   * @param principal an id or a user name
   * @return fails with {@link InvalidQuery} if nobody of the kind is known here, whether there is
   *     one or not
   */
  public Uni<AccessEntry> explain(SharedThings things, Caller caller, UUID id, String principal) {
    return Grants.found(things.find(pool, caller, id))
        .flatMap(
            thing ->
                find(thing, caller, principal)
                    .flatMap(
                        who ->
                            entries(
                                    thing,
                                    List.of(who),
                                    caller.principal().equals(who.id()) ? caller : null)
                                .map(List::getFirst)));
  }

  private Uni<List<AccessEntry>> entries(
      SharedThing thing, List<Who> people, @Nullable Caller claimant) {
    UUID[] ids = people.stream().map(Who::id).filter(Objects::nonNull).toArray(UUID[]::new);
    Tuple values =
        Tuple.tuple()
            .addArrayOfUUID(ids)
            .addValue(thing.kind())
            .addValue(thing.id())
            .addValue(thing.organization())
            .addValue(thing.owner())
            .addValue(thing.maker());
    claimed(values, claimant);
    return pool.preparedQuery(ReasonSql.REASONS)
        .execute(values)
        .map(
            rows -> {
              Map<UUID, Reasons> found = new LinkedHashMap<>();
              for (Row row : rows) {
                found.computeIfAbsent(row.getUUID("principal"), _ -> new Reasons()).add(row);
              }
              return people.stream()
                  .map(
                      who ->
                          entry(thing, who, found.getOrDefault(who.id(), new Reasons()), claimant))
                  .toList();
            });
  }

  /** What the token of the claimant adds, as the decision takes it. */
  private static void claimed(Tuple values, @Nullable Caller claimant) {
    if (claimant == null) {
      values.addValue(null).addValue(false).addValue(false);
      values.addValue(new String[0]).addValue(new String[0]);
      return;
    }
    // By the positions that DecisionSql.WHO gives them.
    List<Object> decided = AccessDecision.parameters(claimant);
    values.addValue(claimant.principal()).addValue(decided.get(4)).addValue(decided.get(3));
    values.addValue(decided.get(6)).addValue(decided.get(7));
  }

  private static AccessEntry entry(
      SharedThing thing, Who who, Reasons reasons, @Nullable Caller claimant) {
    boolean member = reasons.inside;
    if (claimant != null) {
      member |= (boolean) AccessDecision.parameters(claimant).get(4);
      if (thing.owner() == null && member && !who.disabled()) {
        reasons.addRoles(claimant.roles());
      }
    }
    Rights rights = new Rights(reasons.bits);
    List<Missing> missing =
        Stream.of(Right.values())
            .filter(right -> !rights.has(right))
            .map(right -> missing(thing, who, reasons, right))
            .toList();
    return new AccessEntry(who, member, rights.wireNames(), List.copyOf(reasons.all), missing);
  }

  private static Missing missing(SharedThing thing, Who who, Reasons reasons, Right right) {
    List<String> anyOf = new ArrayList<>();
    if (who.disabled()) {
      return new Missing(right.wireName(), List.of("enabled"));
    }
    if (reasons.all.stream()
        .anyMatch(it -> "membership".equals(it.needs()) && it.gives().contains(right.wireName()))) {
      anyOf.add("membership");
    }
    for (GrantRole role : List.of(GrantRole.READ, GrantRole.USE, GrantRole.ADMIN)) {
      if (role.rights().has(right)) {
        if (thing.owner() == null) {
          anyOf.add("role:" + role.wireName());
        }
        anyOf.add("grant:" + role.wireName());
      }
    }
    return new Missing(right.wireName(), anyOf);
  }

  /** The reasons of one principal under construction. */
  private static final class Reasons {
    private final List<AccessReason> all = new ArrayList<>();
    private boolean inside;
    private int bits;

    void add(Row row) {
      inside |= row.getBoolean("inside");
      if (row.getString("source") == null) {
        return;
      }
      String needs = row.getBoolean("disabled") ? "enabled" : row.getString("needs");
      UUID team = row.getUUID("team");
      int gives = row.getInteger("bits");
      bits |= needs == null ? gives : 0;
      all.add(
          new AccessReason(
              row.getString("source"),
              row.getString("role"),
              new Rights(gives).wireNames(),
              needs == null,
              needs,
              team == null
                  ? null
                  : new AccessReason.ByTeam(
                      team, row.getString("team_name"), row.getString("member_by"))));
    }

    void addRoles(Set<Role> roles) {
      for (Role role : Role.values()) {
        if (roles.contains(role) && role.bits() != 0) {
          bits |= role.bits();
          List<String> gives = new Rights(role.bits()).wireNames();
          all.addFirst(new AccessReason("token", role.wireName(), gives, true, null, null));
        }
      }
    }
  }

  private Uni<Who> find(SharedThing thing, Caller caller, String principal) {
    UUID id = uuid(principal);
    SqlText sql =
        named(thing)
            .with(
                Arrays.asList(id == null ? SharedThing.NOBODY : id, principal, caller.principal()))
            .append(ReasonSql.FIND);
    return execute(sql)
        .map(
            rows ->
                rows.stream()
                    .findFirst()
                    .map(AccessReport::who)
                    .orElseThrow(
                        () ->
                            new InvalidQuery(
                                "principal", "Nobody of that id or user name is known here.")));
  }

  private Uni<List<Who>> people(SharedThing thing, ListQuery query) {
    SqlText sql = named(thing).append(ReasonSql.LIST);
    query.appendFilters(sql);
    query.appendPage(sql, "p.id");
    return execute(sql)
        .map(
            rows -> {
              List<Who> people = new ArrayList<>();
              rows.forEach(row -> people.add(who(row)));
              return people;
            });
  }

  private Uni<@Nullable Long> total(SharedThing thing, ListQuery query) {
    if (!query.wantsTotal()) {
      return Uni.createFrom().nullItem();
    }
    SqlText sql = named(thing).append("select count(*) from (" + ReasonSql.LIST);
    query.appendFilters(sql);
    sql.append(") people");
    return execute(sql).map(rows -> rows.iterator().next().getLong(0));
  }

  private static SqlText named(SharedThing thing) {
    return new SqlText()
        .with(
            Arrays.asList(
                thing.kind(), thing.id(), thing.organization(), thing.owner(), thing.maker()));
  }

  private Uni<RowSet<Row>> execute(SqlText sql) {
    return pool.preparedQuery(sql.text()).execute(Tuple.tuple(sql.parameters()));
  }

  private static Who who(Row row) {
    return new Who(
        row.getUUID("id"),
        row.getString("user_name"),
        row.getString("kind"),
        row.getBoolean("placeholder"),
        row.getBoolean("disabled"));
  }

  private static UUID id(Who who) {
    return Objects.requireNonNull(who.id(), "a row has an id");
  }

  private static @Nullable Object valueOf(Who who, String field) {
    return field.equals("kind") ? who.kind() : who.userName();
  }

  private static @Nullable UUID uuid(String text) {
    try {
      return text.length() == 36 ? UUID.fromString(text) : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
