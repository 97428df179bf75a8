package io.coffer.credential;

import static io.coffer.access.AccessModel.of;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.coffer.access.AccessModel;
import io.coffer.access.AccessModel.Granted;
import io.coffer.access.AccessModel.Person;
import io.coffer.access.AccessModel.Thing;
import io.coffer.access.Right;
import io.coffer.testing.Parallel;
import io.coffer.testing.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * By what a caller comes to its rights × the organization that it selects × whose the credential is
 * × every path, against the model. Rows and tokens are made as the model says, so that nothing here
 * knows what should come of them.
 */
@QuarkusTest
class AccessMatrixTest {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final int AT_ONCE = 3;
  private static final String HERE = "here";
  private static final String THERE = "there";
  private static final String CALLER = "caller";
  private static final String OTHER = "other";
  private static final String TEAM = "team";

  @Inject Pool database;

  private Sharing world;
  private AccessModel model = new AccessModel();
  private Map<String, String> ids = new HashMap<>();
  private UUID placeholder = UUID.randomUUID();

  @BeforeEach
  void begin() {
    world = new Sharing(database);
  }

  /** A way to rights, as it stands in the model. */
  record Way(String name, Consumer<AccessMatrixTest> set) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Object[]> table() {
    List<Way> ways = new ArrayList<>();
    for (String role : List.of("admin", "use", "read", "creator", "")) {
      Set<String> roles = role.isEmpty() ? Set.of() : Set.of(role);
      ways.add(new Way("token " + role, it -> it.caller().token.put(HERE, roles)));
      ways.add(new Way("row " + role, it -> it.caller().rows.put(HERE, roles)));
    }
    for (String role : List.of("admin", "use", "read")) {
      ways.add(new Way("member, granted " + role, it -> it.member().granted(CALLER, role, false)));
      ways.add(new Way("stranger, granted " + role, it -> it.granted(CALLER, role, false)));
      ways.add(
          new Way("team granted " + role, it -> it.member().team().granted(TEAM, role, false)));
      ways.add(
          new Way(
              "team by token granted " + role,
              it -> {
                it.caller().token.put(HERE, Set.of());
                it.caller().tokenTeams.add(TEAM);
                it.granted(TEAM, role, false);
              }));
    }
    ways.add(new Way("granted use across", it -> it.granted(CALLER, "use", true)));
    ways.add(new Way("granted read across", it -> it.granted(CALLER, "read", true)));
    ways.add(
        new Way(
            "read by token, use by grant",
            it -> {
              it.caller().token.put(HERE, Set.of("read"));
              it.granted(CALLER, "use", true);
            }));
    ways.add(new Way("placeholder granted admin", it -> it.granted("placeholder", "admin", false)));
    ways.add(new Way("system admin by token", it -> it.caller().systemAdminByToken = true));
    ways.add(new Way("system admin by row", it -> it.caller().systemAdminByRow = true));
    ways.add(
        new Way(
            "disabled admin",
            it -> {
              it.caller().rows.put(HERE, Set.of("admin"));
              it.granted(CALLER, "use", true);
              it.caller().disabled = true;
            }));
    List<Object[]> table = new ArrayList<>();
    for (Way way : ways) {
      table.add(new Object[] {way, HERE});
      // A role in one organization alone says nothing more about another than that of an admin
      // does.
      if (!way.name().matches("(token|row) (use|read|creator|)")) {
        table.add(new Object[] {way, THERE});
      }
    }
    return table;
  }

  @ParameterizedTest(name = "{0}, {1} selected")
  @MethodSource("table")
  void answersAsTheModelSays(Way way, String selected) {
    model = new AccessModel();
    ids = new HashMap<>();
    model.people.put(CALLER, new Person());
    model.people.put(OTHER, new Person());
    of(model.people, OTHER).token.put(HERE, Set.of("admin"));
    model.teams.put(TEAM, HERE);
    for (var thing : things().entrySet()) {
      model.things.put(thing.getKey(), thing.getValue());
    }
    way.set().accept(this);
    // Whoever selects another organization must belong there, by the same means.
    if (!caller().token.isEmpty()) {
      caller().token.put(THERE, Set.of());
    } else {
      caller().rows.put(THERE, Set.of());
    }
    make();
    Map<String, Map<String, Integer>> expected = new ConcurrentHashMap<>();
    Map<String, Map<String, Integer>> answered = new ConcurrentHashMap<>();
    Parallel.forEach(
        AT_ONCE,
        List.copyOf(model.things.keySet()),
        thing -> {
          Probe probe = new Probe(selected, thing);
          probe.run();
          expected.put(thing, probe.expected);
          answered.put(thing, probe.answered);
        });
    assertThat(answered).isEqualTo(expected);
  }

  private static Map<String, Thing> things() {
    return Map.of(
        "organization's", new Thing(HERE, null, OTHER, false),
        "made by caller", new Thing(HERE, null, CALLER, false),
        "caller's own", new Thing(HERE, CALLER, CALLER, false),
        "another's own", new Thing(HERE, OTHER, OTHER, false),
        "other organization's", new Thing(THERE, null, OTHER, false),
        "deleted", new Thing(HERE, null, OTHER, true));
  }

  private Person caller() {
    return of(model.people, CALLER);
  }

  private AccessMatrixTest member() {
    caller().rows.put(HERE, Set.of());
    return this;
  }

  private AccessMatrixTest team() {
    caller().teams.add(TEAM);
    return this;
  }

  private void granted(String grantee, String role, boolean across) {
    model.things.forEach(
        (name, thing) -> {
          if (!grantee.equals(TEAM) || thing.organization().equals(HERE)) {
            model
                .grants
                .computeIfAbsent(name, _ -> new HashMap<>())
                .put(grantee, new Granted(role, across));
          }
        });
  }

  /** Makes rows of what the model holds. */
  private void make() {
    UUID me = world.principal(world.byRows(CALLER, HERE));
    UUID other = world.principal(world.byRows(OTHER, HERE));
    placeholder = world.placeholder("late");
    UUID team = world.team(HERE, TEAM);
    world.run("update team set claim_value = $2 where id = $1", team, world.slug(TEAM));
    world.organization(THERE);
    caller().rows.forEach((it, roles) -> world.member(me, it, roles.toArray(String[]::new)));
    if (caller().teams.contains(TEAM)) {
      world.teamMember(team, me);
    }
    model.things.forEach((name, thing) -> make(name, thing, Map.of(CALLER, me, OTHER, other)));
    Map<String, UUID> grantees = Map.of(CALLER, me, "placeholder", placeholder);
    model.grants.forEach(
        (name, grants) ->
            grants.forEach(
                (grantee, grant) ->
                    grant(name, grantee.equals(TEAM) ? null : grantees.get(grantee), team, grant)));
    world.run(
        "update principal set system_admin = $2, disabled_at = case when $3 then now() end"
            + " where id = $1",
        me,
        caller().systemAdminByRow,
        caller().disabled);
  }

  /** By the API, as its value must open, and then into other hands. */
  private void make(String name, Thing thing, Map<String, UUID> people) {
    String organization = world.slug(thing.organization());
    Api maker = Api.as(OTHER + "-" + world.suffix, organization, "admin");
    String id = maker.created(name, Sharing.KEY);
    ids.put(name, id);
    world.run(
        "update credential set owner = $2, created_by = $3,"
            + " deleted_at = case when $4 then now() end where id = $1",
        UUID.fromString(id),
        thing.owner() == null ? null : people.get(thing.owner()),
        people.get(thing.maker()),
        thing.deleted());
  }

  private void grant(String name, @Nullable UUID principal, UUID team, Granted grant) {
    world.run(
        "insert into access_grant (resource_kind, resource, organization, principal, team, role,"
            + " across, granted_by) select 'credential', c.id, c.organization, $2, $3, $4, $5,"
            + " c.created_by from credential c where c.id = $1",
        UUID.fromString(of(ids, name)),
        principal,
        principal == null ? team : null,
        grant.role(),
        grant.across());
  }

  /** All paths to one credential, in an order in which the earlier ones change no right. */
  private final class Probe {
    private final Map<String, Integer> expected = new HashMap<>();
    private final Map<String, Integer> answered = new HashMap<>();
    private final String selected;
    private final String name;
    private final String id;
    private final Thing thing;
    private final int rights;
    private final boolean creates;
    private final String token;

    Probe(String selected, String name) {
      this.selected = selected;
      this.name = name;
      this.id = of(ids, name);
      this.thing = of(model.things, name);
      this.rights = model.rights(CALLER, selected, name);
      Set<String> roles = AccessModel.roles(caller(), selected);
      this.creates =
          roles.contains("admin") || roles.contains("creator") || roles.contains("system_admin");
      this.token = token();
    }

    void run() {
      if (caller().disabled) {
        expect("read", 403, get(""));
        expect("use", 403, post("/use"));
        expect("list", 403, call("GET", "", "").status());
        return;
      }
      if (!AccessModel.belongs(caller(), selected)) {
        expect("read", 404, get(""));
        expect("use", 404, post("/use"));
        expect("list", 404, call("GET", "", "").status());
        return;
      }
      lists();
      if (thing.deleted()) {
        expect("read", 404, get(""));
        expect("use", 404, post("/use"));
        expect("validate", 404, post("/validate"));
        expect("report", 404, post("/reports"));
        expect("discover schema", 404, post("/discover-schema"));
        expect("grants", 404, get("/grants"));
        expect("restore", rights == 0 ? 404 : 200, post("/restore"));
        return;
      }
      expect("read", rights == 0 ? 404 : 200, get(""));
      expect("capabilities", rights, capabilities());
      uses();
      expect("validate", needs(2, 200), post("/validate"));
      expect("report", needs(2, 202), post("/reports"));
      if (rights != 0) {
        expect("validations", 200, get("/validations"));
      }
      // It has no database: who may discover is told so, who may read that there is none yet.
      expect("discover schema", needs(2, 422), post("/discover-schema"));
      expect("schema", 404, get("/schema"));
      expect("grants", needs(4, 200), get("/grants"));
      expect("access", needs(4, 200), get("/access"));
      String late = "/grants/principals/" + placeholder;
      expect("grant", needs(4, 200), put(late, "{\"role\":\"read\"}"));
      expect("grant use", needs(6, 200), put(late, "{\"role\":\"use\"}"));
      expect("revoke", needs(4, 204), delete(late));
      defaults();
      expect("change", needs(4, 200), call("PATCH", "/" + id, "{\"description\":\"x\"}").status());
      expect("copy", needs(6, creates ? 201 : 403), post("/copy"));
      boolean own = CALLER.equals(thing.owner());
      int move = needs(6, thing.owner() == null ? 409 : own && creates ? 200 : 403);
      expect("move", move, post("/move"));
      if (move != 200) {
        expect("delete", needs(4, 200), delete(""));
        expect("restore", (rights & 4) == 0 ? 404 : 200, post("/restore"));
        expect("purge", needs(4, 204), delete("?purge=true"));
      }
    }

    private void lists() {
      String query = "?page_size=200&total=true&id=" + id;
      JsonNode live = call("GET", query, "").json();
      boolean shown = rights != 0 && !thing.deleted();
      expect("list", shown ? 1 : 0, live.path("items").size());
      expect("count", shown ? 1 : 0, live.path("total").intValue());
      JsonNode gone = call("GET", query + "&deleted=true", "").json();
      boolean restorable = rights != 0 && thing.deleted();
      expect("list deleted", restorable ? 1 : 0, gone.path("items").size());
    }

    private void uses() {
      int use = needs(2, 200);
      expect("use", use, post("/use"));
      String named = "\"type\":\"openai\",\"name\":\"" + name + "\"";
      boolean inPlace = thing.organization().equals(selected);
      expect("use by name", inPlace ? use : 404, use("{" + named + "}"));
      String there = ",\"organization\":\"" + world.slug(thing.organization()) + "\"}";
      expect("use by name and organization", use, use("{" + named + there));
      Answer batch = call("POST", "../use", "{\"credentials\":[{\"id\":\"" + id + "\"}]}");
      JsonNode problem = batch.json().path("results").path(0).path("problem").path("status");
      expect("batch use", use, problem.isMissingNode() ? batch.status() : problem.intValue());
    }

    /** One after the other: an organization has one default of a type. */
    private void defaults() {
      synchronized (AccessMatrixTest.this) {
        defaultsOf();
      }
    }

    private void defaultsOf() {
      boolean inPlace = thing.organization().equals(selected) && thing.owner() == null;
      if (thing.owner() == null) {
        world.run("update credential set is_default = true where id = $1", UUID.fromString(id));
      }
      int resolved = call("GET", "/resolve?type=openai", "").status();
      expect("resolve", inPlace && rights != 0 ? 200 : 404, resolved);
      expect("use default", inPlace ? needs(2, 200) : 404, use("{\"type\":\"openai\"}"));
      world.run("update credential set is_default = false where id = $1", UUID.fromString(id));
      Set<String> roles = AccessModel.roles(caller(), selected);
      boolean decides =
          roles.contains("admin")
              || roles.contains("system_admin")
              || (roles.contains("creator") && thing.maker().equals(CALLER));
      int set = needs(4, thing.owner() != null ? 409 : decides ? 200 : 403);
      expect("set default", set, post("/set-default"));
      expect("clear default", needs(4, 200), delete("/set-default"));
    }

    private int needs(int bits, int success) {
      return rights == 0 ? 404 : (rights & bits) == bits ? success : 403;
    }

    private void expect(String path, int status, int actual) {
      expected.put(path, status);
      answered.put(path, actual);
    }

    private int capabilities() {
      JsonNode held = call("GET", "/" + id, "").json().path("capabilities");
      int bits = 0;
      for (JsonNode right : held) {
        bits |= Right.valueOf(right.textValue().toUpperCase(Locale.ROOT)).bit();
      }
      return bits;
    }

    private String token() {
      TestTokens made = TestTokens.of(CALLER + "-" + world.suffix);
      Person me = caller();
      List<String> roles = new ArrayList<>();
      me.token.forEach((it, held) -> held.forEach(role -> roles.add(world.slug(it) + ":" + role)));
      if (me.systemAdminByToken) {
        roles.add("system_admin");
      }
      String[] slugs = me.token.keySet().stream().map(world::slug).toArray(String[]::new);
      if (slugs.length > 0) {
        made = made.organization(slugs);
      }
      if (!me.tokenTeams.isEmpty()) {
        made = made.claim("groups", me.tokenTeams.stream().map(world::slug).toList());
      }
      return made.roles(roles.toArray(String[]::new)).sign();
    }

    private int get(String path) {
      return call("GET", "/" + id + path, "").status();
    }

    private int post(String path) {
      return call("POST", "/" + id + path, "").status();
    }

    private int put(String path, String body) {
      return call("PUT", "/" + id + path, body).status();
    }

    private int delete(String path) {
      return call("DELETE", "/" + id + path, "").status();
    }

    private int use(String body) {
      return call("POST", "../use", body).status();
    }

    private Answer call(String method, String path, String body) {
      String base = "http://localhost:" + RestAssured.port + "/api/v1/";
      URI uri = URI.create(base + (path.startsWith("..") ? "use" : "credentials" + path));
      HttpRequest request =
          HttpRequest.newBuilder(uri)
              .method(method, HttpRequest.BodyPublishers.ofString(body))
              .header("Authorization", "Bearer " + token)
              .header("Content-Type", "application/json")
              .header("X-Coffer-Organization", world.slug(selected))
              .build();
      try {
        var response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() == 403 && !caller().disabled) {
          assertThat(response.body()).as("a refusal names the role").contains("missing_role");
        }
        return new Answer(response.statusCode(), response.body());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** What came back. */
  private record Answer(int status, String body) {
    JsonNode json() {
      try {
        return new ObjectMapper().readTree(body);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
