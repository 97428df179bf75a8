package io.coffer.access;

import static io.coffer.access.AccessModel.of;

import io.coffer.access.AccessModel.Granted;
import io.coffer.access.AccessModel.Person;
import io.coffer.access.AccessModel.Thing;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.Nullable;

/** People, teams and things that change by chance: a model, and rows that shall say the same. */
public final class SharingPlay {

  /** What can be changed. */
  public enum Kind {
    GRANT,
    REVOKE,
    TEAM_GRANT,
    TEAM_MEMBER,
    MEMBER,
    NO_MEMBER,
    TOKEN,
    TOKEN_TEAM,
    DISABLE,
    SYSTEM_ADMIN,
    DELETE,
    DROP_TEAM
  }

  /** A change: of what kind, to whom, where, what, and how. */
  public record Change(
      Kind kind, int person, int organization, int thing, int role, boolean flag) {}

  private static final List<String> ROLES =
      List.of("admin", "use", "read", "creator", "auditor", "");
  private static final List<String> GRANTED = List.of("admin", "use", "read");
  private static final List<String> TEAMS = List.of("blue", "red");

  public static final List<String> ORGANIZATIONS = List.of("here", "there");
  public static final List<String> PEOPLE = List.of("ann", "bob", "cem");

  public final AccessModel model = new AccessModel();
  public final Map<String, UUID> ids = new HashMap<>();
  private final Pool pool;
  private final String suffix = UUID.randomUUID().toString();

  public SharingPlay(Pool pool) {
    this.pool = pool;
    run(
        "insert into credential_type (id, slug, category, name, definition, managed)"
            + " select gen_random_uuid(), 'openai', 'llm', 'OpenAI', '{}', true"
            + " where not exists (select 1 from credential_type)");
    ORGANIZATIONS.forEach(
        it ->
            insert(it, "insert into organization (id, slug, name) values ($1, $2, $2)", slug(it)));
    PEOPLE.forEach(
        it -> {
          model.people.put(it, new Person());
          insert(
              it,
              "insert into principal (id, issuer, subject, kind, user_name)"
                  + " values ($1, 'test', $2, 'person', $2)",
              slug(it));
        });
    for (int i = 0; i < TEAMS.size(); i++) {
      String organization = ORGANIZATIONS.get(i);
      model.teams.put(TEAMS.get(i), organization);
      insert(
          TEAMS.get(i),
          "insert into team (id, name, claim_value, organization) values ($1, $2, $2, $3)",
          slug(TEAMS.get(i)),
          of(ids, organization));
    }
    thing("ours", new Thing("here", null, "ann", false));
    thing("bobs", new Thing("here", null, "bob", false));
    thing("theirs", new Thing("there", null, "cem", false));
    thing("ann's", new Thing("here", "ann", "ann", false));
    thing("bob's", new Thing("here", "bob", "bob", false));
    thing("cem's", new Thing("there", "cem", "cem", false));
    thing("gone", new Thing("here", null, "ann", true));
  }

  private void thing(String name, Thing thing) {
    model.things.put(name, thing);
    insert(
        name,
        """
          insert into credential (id, organization, owner, created_by, type, type_version, category,
            name, description, plain, secret_ids, labels, masked_content, is_default, version,
            revision, sealed, verdict, has_schema, created_at, updated_at, deleted_at)
          values ($1, $2, $3, $4, (select id from credential_type), 1, 'llm', $5, '', '{}', '{}', '{}',
            '', false, 1, 1, '\\x00', 'not_probed', false, $6, $6, $7)""",
        of(ids, thing.organization()),
        thing.owner() == null ? null : of(ids, thing.owner()),
        of(ids, thing.maker()),
        name,
        OffsetDateTime.now(),
        thing.deleted() ? OffsetDateTime.now() : null);
  }

  public void apply(Change change) {
    String person = PEOPLE.get(change.person());
    String organization = ORGANIZATIONS.get(change.organization());
    String team = TEAMS.get(change.organization());
    String thing = model.things.keySet().stream().sorted().toList().get(change.thing());
    String granted = GRANTED.get(change.role() % GRANTED.size());
    String role = ROLES.get(change.role());
    Person who = of(model.people, person);
    switch (change.kind()) {
      case GRANT -> grant(thing, person, granted, change.flag() && !granted.equals("admin"));
      case TEAM_GRANT -> {
        if (of(model.teams, team).equals(of(model.things, thing).organization())) {
          grant(thing, team, granted, false);
        }
      }
      case REVOKE -> revoke(thing, change.flag() ? person : team);
      case TEAM_MEMBER -> teamMember(who, person, team, change.flag());
      case MEMBER -> member(who, person, organization, role);
      case NO_MEMBER -> {
        who.rows.remove(organization);
        run(
            "delete from membership where principal = $1 and organization = $2",
            of(ids, person),
            of(ids, organization));
      }
      case TOKEN -> token(who, organization, role, change.flag());
      case TOKEN_TEAM -> {
        if (!who.tokenTeams.remove(team)) {
          who.tokenTeams.add(team);
        }
      }
      case DISABLE -> {
        who.disabled = change.flag();
        run(
            "update principal set disabled_at = case when $2 then now() end where id = $1",
            of(ids, person),
            change.flag());
      }
      case SYSTEM_ADMIN -> {
        who.systemAdminByRow = change.flag();
        run("update principal set system_admin = $2 where id = $1", of(ids, person), change.flag());
      }
      case DELETE -> delete(thing, change.flag());
      case DROP_TEAM -> dropTeam(team);
    }
  }

  private void grant(String thing, String grantee, String role, boolean across) {
    revoke(thing, grantee);
    if (model.people.containsKey(grantee) || model.teams.containsKey(grantee)) {
      model
          .grants
          .computeIfAbsent(thing, _ -> new HashMap<>())
          .put(grantee, new Granted(role, across));
      boolean team = model.teams.containsKey(grantee);
      run(
          "insert into access_grant (resource_kind, resource, organization, principal, team, role,"
              + " across, granted_by) values ('credential', $1, $2, $3, $4, $5, $6, $7)",
          of(ids, thing),
          of(ids, of(model.things, thing).organization()),
          team ? null : of(ids, grantee),
          team ? of(ids, grantee) : null,
          role,
          across,
          of(ids, "ann"));
    }
  }

  private void revoke(String thing, String grantee) {
    model.grants.getOrDefault(thing, new HashMap<>()).remove(grantee);
    run(
        "delete from access_grant where resource = $1 and coalesce(principal, team) = $2",
        of(ids, thing),
        of(ids, grantee));
  }

  private void teamMember(Person who, String person, String team, boolean in) {
    if (!in || !model.teams.containsKey(team)) {
      who.teams.remove(team);
      run(
          "delete from team_member where team = $1 and principal = $2",
          of(ids, team),
          of(ids, person));
    } else if (who.teams.add(team)) {
      run(
          "insert into team_member (team, principal) values ($1, $2)",
          of(ids, team),
          of(ids, person));
    }
  }

  private void member(Person who, String person, String organization, String role) {
    Set<String> roles = role.isEmpty() ? Set.of() : Set.of(role);
    who.rows.put(organization, roles);
    run(
        "insert into membership (organization, principal, roles) values ($1, $2, $3)"
            + " on conflict (principal, organization) do update set roles = excluded.roles",
        of(ids, organization),
        of(ids, person),
        roles.toArray(String[]::new));
  }

  private static void token(Person who, String organization, String role, boolean named) {
    who.systemAdminByToken = role.equals("auditor") && named;
    if (named) {
      who.token.put(organization, role.isEmpty() ? Set.of() : Set.of(role));
    } else {
      who.token.remove(organization);
    }
  }

  private void delete(String thing, boolean deleted) {
    Thing old = of(model.things, thing);
    model.things.put(thing, new Thing(old.organization(), old.owner(), old.maker(), deleted));
    run(
        "update credential set deleted_at = case when $2 then now() end where id = $1",
        of(ids, thing),
        deleted);
  }

  private void dropTeam(String team) {
    run("delete from team where id = $1", of(ids, team));
    model.grants.values().forEach(it -> it.remove(team));
    model.people.values().forEach(it -> it.teams.remove(team));
    String organization = ORGANIZATIONS.get(TEAMS.indexOf(team));
    // Another of that name is no heir of the one before.
    insert(
        team,
        "insert into team (id, name, claim_value, organization) values ($1, $2, $2, $3)",
        slug(team),
        of(ids, organization));
  }

  /** The caller as its token tells of it, with an organization selected. */
  public Caller caller(String person, String selected) {
    Person who = of(model.people, person);
    Set<String> roles = new HashSet<>(who.token.getOrDefault(selected, Set.of()));
    Set<String> named = new HashSet<>();
    who.token.keySet().forEach(it -> named.add(slug(it)));
    Set<String> teams = new HashSet<>();
    who.tokenTeams.forEach(it -> teams.add(slug(it)));
    if (who.systemAdminByToken) {
      roles.add("system_admin");
    }
    return TestCallers.byToken(
        of(ids, person),
        of(ids, selected),
        slug(selected),
        roles,
        who.token.containsKey(selected) || who.systemAdminByToken,
        teams,
        named);
  }

  private String slug(String name) {
    return name + "-" + suffix;
  }

  private void insert(String name, String sql, @Nullable Object... values) {
    UUID id = UUID.randomUUID();
    ids.put(name, id);
    Object[] all = new Object[values.length + 1];
    all[0] = id;
    System.arraycopy(values, 0, all, 1, values.length);
    run(sql, all);
  }

  private void run(String sql, @Nullable Object... values) {
    pool.preparedQuery(sql).execute(Tuple.tuple(Arrays.asList(values))).await().indefinitely();
  }

  /** Sequences of changes. */
  public static Arbitrary<List<Change>> changes() {
    return Combinators.combine(
            Arbitraries.of(Kind.class),
            Arbitraries.integers().between(0, PEOPLE.size() - 1),
            Arbitraries.integers().between(0, 1),
            Arbitraries.integers().between(0, 6),
            Arbitraries.integers().between(0, ROLES.size() - 1),
            Arbitraries.of(true, false))
        .as(Change::new)
        .list()
        .ofMinSize(4)
        .ofMaxSize(16);
  }
}
