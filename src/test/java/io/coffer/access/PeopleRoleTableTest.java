package io.coffer.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.testing.Parallel;
import io.coffer.testing.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every call on organizations, members, teams and people × every role × whose they are, against a
 * model of the rule.
 */
@QuarkusTest
class PeopleRoleTableTest {

  private static final int AT_ONCE = 4;

  /** Who is asked for: a role in the caller's organization. */
  enum Held {
    ADMIN,
    USE,
    READ,
    CREATOR,
    AUDITOR,
    TYPE_ADMIN,
    SYSTEM_ADMIN,
    NONE;

    Someone in(String organization) {
      TestTokens token = TestTokens.of(Someone.unique("held")).organization(organization);
      return Someone.with(this == NONE ? token : token.roles(Role.valueOf(name()).wireName()));
    }

    boolean administers() {
      return this == ADMIN || this == SYSTEM_ADMIN;
    }
  }

  /** Whose the thing is. */
  enum Whose {
    OWN,
    OTHERS
  }

  /** Which roles a call needs, and whether the path or the caller's organization bounds it. */
  enum Needs {
    MEMBER,
    ADMIN,
    SYSTEM_ADMIN
  }

  /** Things of one organization. */
  record Things(String organization, String member, String team) {}

  /** A call, what it needs, and what it answers when that is there. */
  enum Call {
    READ_ORGANIZATION(Needs.MEMBER, true, 200, (who, it) -> who.get(org(it))),
    RENAME_ORGANIZATION(
        Needs.ADMIN, true, 200, (who, it) -> who.patch(org(it), Map.of("name", "New"))),
    SET_KEK(
        Needs.SYSTEM_ADMIN,
        true,
        200,
        (who, it) ->
            who.patch(org(it), Map.of("kek", Map.of("provider", "local", "key_id", "dev")))),
    DELETE_ORGANIZATION(Needs.SYSTEM_ADMIN, true, 409, (who, it) -> who.delete(org(it))),
    LIST_MEMBERS(Needs.MEMBER, true, 200, (who, it) -> who.get(org(it) + "/members")),
    READ_MEMBER(Needs.MEMBER, true, 200, (who, it) -> who.get(member(it))),
    SET_MEMBER(
        Needs.ADMIN, true, 200, (who, it) -> who.put(member(it), Map.of("roles", List.of("use")))),
    REMOVE_MEMBER(Needs.ADMIN, true, 204, (who, it) -> who.delete(member(it))),
    READ_TEAM(Needs.MEMBER, false, 200, (who, it) -> who.get(team(it))),
    LIST_TEAM_MEMBERS(Needs.MEMBER, false, 200, (who, it) -> who.get(team(it) + "/members")),
    CHANGE_TEAM(
        Needs.ADMIN, false, 200, (who, it) -> who.patch(team(it), Map.of("description", "x"))),
    DELETE_TEAM(Needs.ADMIN, false, 204, (who, it) -> who.delete(team(it))),
    ADD_TO_TEAM(
        Needs.ADMIN, false, 200, (who, it) -> who.put(team(it) + "/members/" + it.member())),
    REMOVE_FROM_TEAM(
        Needs.ADMIN, false, 204, (who, it) -> who.delete(team(it) + "/members/" + it.member())),
    READ_PRINCIPAL(Needs.MEMBER, true, 200, (who, it) -> who.get("/principals/" + it.member())),
    DISABLE(
        Needs.SYSTEM_ADMIN,
        true,
        200,
        (who, it) -> who.patch("/principals/" + it.member(), Map.of("disabled", true)));

    private final Needs needs;
    // Otherwise the selected organization bounds it, and that is the caller's own.
    private final boolean reachedFromAnywhere;
    private final int success;
    private final BiFunction<Someone, Things, ValidatableResponse> call;

    Call(
        Needs needs,
        boolean reachedFromAnywhere,
        int success,
        BiFunction<Someone, Things, ValidatableResponse> call) {
      this.needs = needs;
      this.reachedFromAnywhere = reachedFromAnywhere;
      this.success = success;
      this.call = call;
    }

    private static String org(Things it) {
      return "/organizations/" + it.organization();
    }

    private static String member(Things it) {
      return org(it) + "/members/" + it.member();
    }

    private static String team(Things it) {
      return "/teams/" + it.team();
    }
  }

  static List<Object[]> table() {
    List<Object[]> table = new ArrayList<>();
    for (Held held : Held.values()) {
      for (Whose whose : Whose.values()) {
        table.add(new Object[] {held, whose});
      }
    }
    return table;
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("table")
  void answersAsTheModelSays(Held held, Whose whose) {
    Map<Call, Integer> expected = new EnumMap<>(Call.class);
    Map<Call, Integer> answered = new ConcurrentHashMap<>();
    List<Call> calls = List.of(Call.values());
    calls.forEach(call -> expected.put(call, expected(held, whose, call)));
    // Each has an organization, a caller and things of its own.
    Parallel.forEach(
        AT_ONCE,
        calls,
        call -> {
          String own = Someone.newOrganization();
          Things things = things(whose == Whose.OWN ? own : Someone.newOrganization());
          answered.put(call, call.call.apply(held.in(own), things).extract().statusCode());
        });
    assertThat(answered).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("table")
  void makesOnlyWhatTheModelLets(Held held, Whose whose) {
    String own = Someone.newOrganization();
    String target = whose == Whose.OWN ? own : Someone.newOrganization();
    Someone caller = held.in(own).selecting(target);
    boolean sees = whose == Whose.OWN || held == Held.SYSTEM_ADMIN;
    int made = !sees ? 404 : held.administers() ? 201 : 403;
    assertThat(caller.post("/teams", Map.of("name", "x")).extract().statusCode()).isEqualTo(made);
    assertThat(
            caller
                .post(
                    "/principals",
                    Map.of("user_name", "x", "bind_value", UUID.randomUUID().toString()))
                .extract()
                .statusCode())
        .isEqualTo(made);
    assertThat(
            held.in(own)
                .post("/organizations", Map.of("slug", "made-" + UUID.randomUUID()))
                .extract()
                .statusCode())
        .isEqualTo(held == Held.SYSTEM_ADMIN ? 201 : 403);
  }

  private static int expected(Held held, Whose whose, Call call) {
    boolean sees = whose == Whose.OWN || (held == Held.SYSTEM_ADMIN && call.reachedFromAnywhere);
    if (!sees) {
      return 404;
    }
    boolean may =
        switch (call.needs) {
          case MEMBER -> true;
          case ADMIN -> held.administers();
          case SYSTEM_ADMIN -> held == Held.SYSTEM_ADMIN;
        };
    return may ? call.success : 403;
  }

  private static Things things(String organization) {
    Someone admin = Someone.in(organization, "admin");
    String member =
        admin.announces(TestTokens.clusterIssuer(), Someone.unique("system:serviceaccount:t"));
    String team = admin.makesTeam(Map.of("name", "team"));
    admin.put("/teams/" + team + "/members/" + member).statusCode(201);
    return new Things(organization, member, team);
  }
}
