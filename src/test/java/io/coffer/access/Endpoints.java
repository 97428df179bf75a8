package io.coffer.access;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One request of every endpoint, and how many statements it may send. */
final class Endpoints {

  private static final String CREDENTIALS = "/credentials/";

  /**
   * One request.
   *
   * @param name method and path, as the API's description has them; a note in parentheses
   * @param most statements
   * @param prepare makes what the request needs, and gives it
   */
  record Endpoint(String name, int most, Supplier<Runnable> prepare) {}

  private final List<Endpoint> all = new ArrayList<>();
  private final String organization;
  private final Someone admin;
  private final Someone auditor;
  private final Someone system;
  private final List<String> credentials = new ArrayList<>();
  private final String team;
  private final String somebody;

  Endpoints(String organization, int rows) {
    this.organization = organization;
    this.admin = Someone.in(organization, "admin");
    this.auditor = Someone.in(organization, "auditor");
    this.system = Someone.systemAdmin().selecting(organization);
    this.team = team();
    this.somebody = member();
    fill(rows);
    addCredentials();
    addLives();
    addUses();
    addValidations();
    addSchemas();
    addGrants();
    addOrganizations();
    addPeople();
    addTeams();
    addOthers();
  }

  List<Endpoint> all() {
    return all;
  }

  private void fill(int rows) {
    for (int i = 0; i <= rows; i++) {
      String credential = admin.makesCredential();
      credentials.add(credential);
      String member = member();
      ok(admin, "PUT", "/teams/" + team + "/members/" + member, null);
      ok(admin, "PUT", grant(credentials.getFirst(), member), Map.of("role", "use"));
      ok(admin, "POST", CREDENTIALS + credentials.getFirst() + "/use", Map.of());
      team();
    }
  }

  private void addCredentials() {
    String one = CREDENTIALS + credentials.getFirst();
    read("/credential-types", 1, "/credential-types");
    read("/credential-types/{slug}", 1, "/credential-types/openai");
    read("/credentials", 2, "/credentials?page_size=20");
    read("/credentials (with their number)", 3, "/credentials?page_size=20&total=true");
    read("/credentials/{id}", 2, one);
    each("POST /credentials", 8, () -> "/credentials", Endpoints::credential);
    each("PATCH /credentials/{id}", 8, this::fresh, () -> Map.of("description", "new"));
    each("PATCH /credentials/{id} (value)", 8, this::fresh, () -> Map.of("value", secret()));
    each("POST /credentials/{id}/copy", 10, () -> fresh() + "/copy", Map::of);
    each("POST /credentials/{id}/move", 10, this::personal, Map::of);
    each("POST /credentials/{id}/set-default", 8, () -> fresh() + "/set-default", Map::of);
    read("/credentials/resolve", 2, "/credentials/resolve?type=openai");
    each("DELETE /credentials/{id}/set-default", 8, this::byDefault, null);
    read("/credentials/{id}/usage", 8, one + "/usage");
    read("/credentials/{id}/activity", 4, one + "/activity");
    read("/credentials/{id}/access", 6, one + "/access");
    read("/credentials/{id}/access (of one)", 8, one + "/access?principal=" + somebody);
  }

  private void addLives() {
    each("DELETE /credentials/{id}", 8, this::fresh, null);
    each("DELETE /credentials/{id} (for good)", 10, () -> fresh() + "?purge=true", null);
    each("DELETE /credentials/{id} (preview)", 8, () -> fresh() + "?dry_run=true", null);
    each("POST /credentials/{id}/restore", 8, this::deleted, Map::of);
  }

  private void addUses() {
    each("POST /credentials/{id}/use", 1, () -> fresh() + "/use", Map::of);
    each("POST /use", 1, () -> "/use", () -> Map.of("id", credentials.getFirst()));
    each(
        "POST /use (of many)",
        1,
        () -> "/use",
        () -> Map.of("credentials", credentials.stream().map(it -> Map.of("id", it)).toList()));
  }

  private void addValidations() {
    String one = CREDENTIALS + credentials.getFirst();
    each("POST /credentials/{id}/validate", 8, () -> fresh() + "/validate", Map::of);
    read("/credentials/{id}/validations", 4, one + "/validations");
    each("POST /credentials/{id}/reports", 8, () -> fresh() + "/reports", Map::of);
    each(
        "POST /validations/draft",
        4,
        () -> "/validations/draft",
        () -> Map.of("credential", made()));
  }

  private void addSchemas() {
    String one = CREDENTIALS + credentials.getFirst();
    read("/credentials/{id}/schema", 4, one + "/schema");
    read("/credentials/{id}/schema/snapshots", 4, one + "/schema/snapshots");
    read("/credentials/{id}/schema/diff", 6, one + "/schema/diff");
    read("/schemas", 2, "/schemas?search=c");
  }

  /** The credential that most requests are about. */
  UUID first() {
    return UUID.fromString(credentials.getFirst());
  }

  private void addGrants() {
    String one = CREDENTIALS + credentials.getFirst();
    Supplier<Map<String, ?>> use = () -> Map.of("role", "use");
    read("/credentials/{id}/grants", 4, one + "/grants");
    String principals = "/credentials/{id}/grants/principals/{grantee}";
    each("PUT " + principals, 12, () -> grant(made(), somebody), use);
    each("DELETE " + principals, 12, () -> granted(made(), "principals/" + somebody), null);
    String teams = "/credentials/{id}/grants/teams/{grantee}";
    each("PUT " + teams, 12, () -> CREDENTIALS + made() + "/grants/teams/" + team, use);
    each("DELETE " + teams, 12, () -> granted(made(), "teams/" + team), null);
  }

  private void addOrganizations() {
    String own = "/organizations/" + organization;
    read("/organizations", 2, "/organizations");
    each(system, "POST /organizations", 8, () -> "/organizations", Endpoints::slug);
    read("/organizations/{organization}", 3, own);
    each("PATCH /organizations/{organization}", 6, () -> own, () -> Map.of("name", "New"));
    each(system, "DELETE /organizations/{organization}", 10, this::emptyOrganization, null);
    String member = "/organizations/{organization}/members/{principal}";
    read("/organizations/{organization}/members", 4, own + "/members");
    read(member, 4, own + "/members/" + somebody);
    each("PUT " + member, 10, this::membership, () -> Map.of("roles", List.of("use")));
    each("DELETE " + member, 12, this::membership, null);
  }

  private void addPeople() {
    read("/me", 3, "/me");
    read("/principals", 3, "/principals");
    each("POST /principals", 8, () -> "/principals", Endpoints::placeholder);
    read("/principals/{id}", 3, "/principals/" + somebody);
    each(
        system,
        "PATCH /principals/{id}",
        8,
        () -> "/principals/" + member(),
        () -> Map.of("disabled", true));
    each(system, "DELETE /principals/{id}", 10, this::waiting, null);
  }

  private void addTeams() {
    String own = "/teams/" + team;
    read("/teams", 3, "/teams");
    each("POST /teams", 6, () -> "/teams", Endpoints::name);
    read("/teams/{id}", 3, own);
    each("PATCH /teams/{id}", 6, () -> "/teams/" + team(), Endpoints::name);
    each("DELETE /teams/{id}", 8, () -> "/teams/" + team(), null);
    read("/teams/{team}/members", 4, own + "/members");
    String member = "/teams/{team}/members/{principal}";
    each("PUT " + member, 8, () -> own + "/members/" + member(), null);
    each("DELETE " + member, 8, this::teamMember, null);
  }

  private void addOthers() {
    all.add(new Endpoint("GET /activity", 4, () -> () -> ok(auditor, "GET", "/activity", null)));
    all.add(new Endpoint("GET /admin/keys", 6, () -> () -> ok(system, "GET", "/admin/keys", null)));
  }

  private void read(String name, int most, String path) {
    all.add(new Endpoint("GET " + name, most, () -> () -> ok(admin, "GET", path, null)));
  }

  private void each(
      String name, int most, Supplier<String> path, @Nullable Supplier<Map<String, ?>> body) {
    each(admin, name, most, path, body);
  }

  private void each(
      Someone caller,
      String name,
      int most,
      Supplier<String> path,
      @Nullable Supplier<Map<String, ?>> body) {
    all.add(
        new Endpoint(
            name,
            most,
            () -> {
              String target = path.get();
              Map<String, ?> content = body == null ? null : body.get();
              return () -> ok(caller, name.substring(0, name.indexOf(' ')), target, content);
            }));
  }

  private static void ok(
      Someone caller, String method, String path, @Nullable Map<String, ?> body) {
    RequestSpecification request = caller.request();
    if (body != null) {
      request.body(body);
    }
    int status = request.request(method, Someone.API + path).statusCode();
    if (status >= 300) {
      throw new AssertionError(method + " " + path + " was answered with " + status);
    }
  }

  private String made() {
    return admin.makesCredential();
  }

  private String fresh() {
    return CREDENTIALS + made();
  }

  private String deleted() {
    String path = fresh();
    ok(admin, "DELETE", path, null);
    return path + "/restore";
  }

  private String byDefault() {
    String path = fresh() + "/set-default";
    ok(admin, "POST", path, Map.of());
    return path;
  }

  private String personal() {
    Map<String, Object> body = new HashMap<>(credential());
    body.put("organization", null);
    String id = admin.post("/credentials", body).statusCode(201).extract().path("id");
    return CREDENTIALS + id + "/move";
  }

  private static String grant(String credential, String principal) {
    return CREDENTIALS + credential + "/grants/principals/" + principal;
  }

  private String granted(String credential, String grantee) {
    String path = CREDENTIALS + credential + "/grants/" + grantee;
    ok(admin, "PUT", path, Map.of("role", "use"));
    return path;
  }

  @CanIgnoreReturnValue
  private String team() {
    return admin.makesTeam(name());
  }

  /** A new member of the organization, by a row. */
  private String member() {
    String id = Someone.in(organization, "use").id();
    ok(admin, "PUT", "/organizations/" + organization + "/members/" + id, roles());
    return id;
  }

  private String membership() {
    return "/organizations/" + organization + "/members/" + member();
  }

  private String teamMember() {
    String path = "/teams/" + team + "/members/" + member();
    ok(admin, "PUT", path, null);
    return path;
  }

  private String emptyOrganization() {
    Map<String, ?> slug = slug();
    ok(system, "POST", "/organizations", slug);
    return "/organizations/" + slug.get("slug");
  }

  private static Map<String, ?> roles() {
    return Map.of("roles", List.of("read"));
  }

  private static Map<String, ?> credential() {
    return Map.of("name", Someone.unique("made"), "type", "openai", "value", secret());
  }

  private static String secret() {
    return "sk-proj-" + UUID.randomUUID();
  }

  private static Map<String, ?> name() {
    return Map.of("name", Someone.unique("name"));
  }

  private static Map<String, ?> slug() {
    return Map.of("slug", "org-" + UUID.randomUUID(), "name", "Made");
  }

  /** A placeholder that nobody became yet. */
  private String waiting() {
    String id = admin.post("/principals", placeholder()).statusCode(201).extract().path("id");
    return "/principals/" + id;
  }

  private static Map<String, ?> placeholder() {
    String address = UUID.randomUUID() + "@example.org";
    return Map.of("bind_value", address, "user_name", address);
  }
}
