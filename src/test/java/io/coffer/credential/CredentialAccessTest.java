package io.coffer.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.coffer.credential.Sharing.Person;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the API tells about who has access and why. */
@QuarkusTest
class CredentialAccessTest {

  @Inject Pool database;

  private Sharing sharing;
  private Person admin;
  private String id = "";

  @BeforeEach
  void makeCredential() {
    sharing = new Sharing(database);
    admin = sharing.person("admin", "here", "admin");
    id = admin.creates("shared", false);
  }

  @Test
  void listsEverybodyWhomRowsNameWithTheReasons() {
    UUID user = sharing.principal(sharing.byRows("user", "here"));
    UUID late = sharing.placeholder("late");
    UUID mate = sharing.principal(sharing.byRows("mate", "here"));
    UUID nobody = sharing.principal(sharing.byRows("nobody", "here"));
    sharing.member(user, "here", "use", "auditor");
    sharing.member(mate, "here");
    sharing.member(nobody, "here");
    UUID team = sharing.team("here", "crew");
    sharing.teamMember(team, mate);
    admin.grants(id, "teams/" + team, Map.of("role", "read"));
    admin.grants(id, "principals/" + late, Map.of("role", "use"));
    var list =
        admin
            .gets("/" + id + "/access?total=true&search=" + sharing.suffix)
            .statusCode(200)
            .body("token_roles_included", equalTo(false))
            .body("total", equalTo(4))
            .extract();
    assertThat(list.<List<String>>path("items.principal.user_name"))
        .containsExactly(name("admin"), name("late"), name("mate"), name("user"));
    assertThat(list.<List<List<String>>>path("items.capabilities"))
        .containsExactly(
            List.of(), List.of("read", "use"), List.of("read"), List.of("read", "use"));
    assertThat(list.<List<String>>path("items[2].reasons.team.name")).containsExactly("crew");
    assertThat(list.<List<String>>path("items[3].reasons.source")).containsExactly("membership");
    assertThat(list.<Boolean>path("items[1].principal.placeholder")).isTrue();
    assertThat(list.<List<String>>path("items[0].reasons.needs")).containsExactly("membership");
  }

  @Test
  void pagesThroughTheList() {
    for (String name : List.of("a", "b", "c", "d")) {
      admin.grants(id, "principals/" + sharing.placeholder(name), Map.of("role", "read"));
    }
    List<String> seen = new ArrayList<>();
    String cursor = "";
    while (cursor != null) {
      var page =
          admin
              .gets("/" + id + "/access?page_size=2&search=" + sharing.suffix + cursor)
              .statusCode(200)
              .extract();
      seen.addAll(page.<List<String>>path("items.principal.user_name"));
      String next = page.path("next_cursor");
      cursor = next == null ? null : "&cursor=" + next;
    }
    assertThat(seen).containsExactly(name("a"), name("admin"), name("b"), name("c"), name("d"));
  }

  @Test
  void explainsTheCallerWithItsToken() {
    admin
        .gets("/" + id + "/access?principal=" + name("admin"))
        .statusCode(200)
        .body("token_roles_included", equalTo(true))
        .body("items[0].capabilities", contains("read", "use", "admin"))
        .body("items[0].member", equalTo(true))
        .body("items[0].missing", empty())
        .body("items[0].reasons[0].source", equalTo("token"))
        .body("items[0].reasons[0].role", equalTo("admin"));
  }

  @Test
  void saysWhatIsMissing() {
    Person root = sharing.person("root", "here", "system_admin");
    root.gets("/" + id + "/access?principal=" + root.id())
        .body("items[0].capabilities", contains("read", "admin"))
        .body("items[0].missing.right", contains("use"))
        .body(
            "items[0].missing[0].any_of",
            contains("role:use", "grant:use", "role:admin", "grant:admin"));
    Person plain = sharing.person("plain", "here");
    admin
        .gets("/" + id + "/access?principal=" + plain.id())
        .body("token_roles_included", equalTo(false))
        .body("items[0].capabilities", empty())
        .body("items[0].missing.right", contains("read", "use", "admin"));
  }

  @Test
  void saysWhatWouldMakeAReasonCount() {
    Person creator = sharing.person("creator", "here", "creator");
    String made = creator.creates("made", false);
    Person other = sharing.person("other", "there");
    creator.grants(made, other, "use");
    creator
        .gets("/" + made + "/access?principal=" + other.id())
        .body("items[0].capabilities", empty())
        .body("items[0].reasons[0].counts", equalTo(false))
        .body("items[0].reasons[0].needs", equalTo("membership"))
        .body("items[0].missing[1].any_of", hasItem("membership"));
  }

  @Test
  void explainsADisabledPrincipal() {
    UUID user = sharing.principal(sharing.byRows("user", "here"));
    sharing.member(user, "here", "use");
    sharing.run("update principal set disabled_at = now() where id = $1", user);
    admin
        .gets("/" + id + "/access?principal=" + user)
        .body("items[0].capabilities", empty())
        .body("items[0].reasons[0].needs", equalTo("enabled"))
        .body("items[0].missing[0].any_of", contains("enabled"));
  }

  @Test
  void doesNotTellWhetherAStrangersNameExists() {
    Person stranger = sharing.person("stranger", "elsewhere");
    UUID strangerId = stranger.id();
    for (String asked : List.of(name("stranger"), name("ghost"))) {
      admin
          .gets("/" + id + "/access?principal=" + asked)
          .statusCode(400)
          .body("errors.field", contains("principal"))
          .body("detail", not(containsString(asked)));
    }
    admin
        .gets("/" + id + "/access?principal=" + UUID.randomUUID())
        .statusCode(400)
        .body("errors.field", contains("principal"));
    admin
        .gets("/" + id + "/access?principal=" + strangerId)
        .body("items[0].principal.user_name", equalTo(name("stranger")));
  }

  @Test
  void needsAdmin() {
    Person user = sharing.person("user", "here", "use");
    user.gets("/" + id + "/access").statusCode(403).body("missing_role", contains("admin"));
    sharing.person("far", "there", "admin").gets("/" + id + "/access").statusCode(404);
    admin.gets("/" + id + "/access?principal=" + "x".repeat(300)).statusCode(400);
    admin.gets("/" + id + "/access?role=use").statusCode(400);
  }

  @Test
  void explainsAPersonalCredential() {
    Person owner = sharing.person("owner", "here");
    String own = owner.creates("own", true);
    owner
        .gets("/" + own + "/access?principal=" + owner.id())
        .body("items[0].reasons.source", contains("owner"))
        .body("items[0].capabilities", contains("read", "use", "admin"));
    owner
        .gets("/" + own + "/access?principal=" + admin.id())
        .body("items[0].capabilities", empty())
        .body("items[0].missing[0].any_of", contains("grant:read", "grant:use", "grant:admin"));
  }

  private String name(String subject) {
    return subject + "-" + sharing.suffix;
  }
}
