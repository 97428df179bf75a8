package io.coffer.credential;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.testing.Parallel;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every call on a credential × every role × whose the credential is, against a model of the rule.
 */
@QuarkusTest
class RoleTableTest {

  private static final String KEY = "sk-proj-0123456789abcdefghijWXYZ";
  private static final int READ = 1;
  private static final int USE = 2;
  private static final int ADMIN = 4;
  private static final int AT_ONCE = 4;

  /** What the caller's token says. */
  enum Role {
    ADMIN_ROLE("admin", 7),
    USE_ROLE("use", 3),
    READ_ROLE("read", 1),
    CREATOR("creator", 0),
    AUDITOR("auditor", 0),
    TYPE_ADMIN("type_admin", 0),
    SYSTEM_ADMIN("system_admin", 5),
    NONE("", 0);

    private final String name;
    private final int onOwned;

    Role(String name, int onOwned) {
      this.name = name;
      this.onOwned = onOwned;
    }

    Api in(String organization) {
      return name.isEmpty() ? Api.as("caller", organization) : Api.as("caller", organization, name);
    }
  }

  /** Whose the credential is, and at which stage of its life. */
  enum Whose {
    ORGANIZATIONS,
    MADE_BY_CALLER,
    CALLERS_OWN,
    ANOTHERS_OWN,
    OTHER_ORGANIZATIONS,
    DELETED
  }

  /** What is called, which rights it needs, and what it answers when they are there. */
  enum Call {
    READ_IT(READ, 200, (request, path) -> request.get(path).statusCode()),
    CHANGE(
        ADMIN, 200, (request, path) -> request.body(Map.of("name", "x")).patch(path).statusCode()),
    DELETE(ADMIN, 200, (request, path) -> request.delete(path).statusCode()),
    PURGE(ADMIN, 204, (request, path) -> request.delete(path + "?purge=true").statusCode()),
    RESTORE(ADMIN, 404, (request, path) -> request.post(path + "/restore").statusCode()),
    COPY(ADMIN | USE, 201, (request, path) -> request.post(path + "/copy").statusCode()),
    SET_DEFAULT(ADMIN, 200, (request, path) -> request.post(path + "/set-default").statusCode()),
    CLEAR_DEFAULT(
        ADMIN, 200, (request, path) -> request.delete(path + "/set-default").statusCode()),
    VALIDATE(USE, 200, (request, path) -> request.post(path + "/validate").statusCode()),
    REPORT(USE, 202, (request, path) -> request.post(path + "/reports").statusCode()),
    DISCOVER(USE, 422, (request, path) -> request.post(path + "/discover-schema").statusCode()),
    DRAFT(
        ADMIN | USE,
        200,
        (request, path) ->
            request
                .body(Map.of("credential", path.substring(path.lastIndexOf('/') + 1)))
                .post("/api/v1/validations/draft")
                .statusCode()),
    USE_IT(USE, 200, (request, path) -> request.post(path + "/use").statusCode());

    private final int needs;
    private final int success;
    private final BiFunction<RequestSpecification, String, Integer> call;

    Call(int needs, int success, BiFunction<RequestSpecification, String, Integer> call) {
      this.needs = needs;
      this.success = success;
      this.call = call;
    }
  }

  static List<Object[]> table() {
    List<Object[]> table = new ArrayList<>();
    for (Role role : Role.values()) {
      for (Whose whose : Whose.values()) {
        // Only who may create for the organization has made something of the organization's.
        if (whose != Whose.MADE_BY_CALLER || role == Role.CREATOR || role == Role.ADMIN_ROLE) {
          table.add(new Object[] {role, whose});
        }
      }
    }
    return table;
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("table")
  void answersAsTheModelSays(Role role, Whose whose) {
    Map<Call, Integer> expected = new HashMap<>();
    Map<Call, Integer> answered = new ConcurrentHashMap<>();
    List<Call> calls = List.of(Call.values());
    calls.forEach(call -> expected.put(call, expected(role, whose, call)));
    // Each has an organization and a credential of its own.
    Parallel.forEach(
        AT_ONCE,
        calls,
        call -> {
          String organization = Api.newOrganization();
          Api caller = role.in(organization);
          String path = "/api/v1/credentials/" + credential(whose, organization, caller);
          answered.put(call, call.call.apply(caller.request(), path));
        });
    assertThat(answered).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("table")
  void listsExactlyWhatTheSingleReadShows(Role role, Whose whose) {
    String organization = Api.newOrganization();
    Api caller = role.in(organization);
    String id = credential(whose, organization, caller);
    boolean read = caller.read(id).extract().statusCode() == 200;
    List<String> listed = caller.list("?total=true").extract().path("items.id");
    assertThat(listed.contains(id)).isEqualTo(read);
    int total = caller.list("?total=true").extract().path("total");
    assertThat(total).isEqualTo(listed.size());
  }

  private static int expected(Role role, Whose whose, Call call) {
    int rights = rights(role, whose);
    if (whose == Whose.DELETED) {
      if (rights == 0 || (call != Call.RESTORE && call != Call.PURGE)) {
        return 404;
      }
      return call == Call.RESTORE ? 200 : 204;
    }
    if (rights == 0 || call == Call.RESTORE) {
      return 404;
    }
    if ((rights & call.needs) != call.needs) {
      return 403;
    }
    if (call == Call.SET_DEFAULT && whose == Whose.CALLERS_OWN) {
      return 409;
    }
    boolean creates = role == Role.ADMIN_ROLE || role == Role.CREATOR || role == Role.SYSTEM_ADMIN;
    return call == Call.COPY && !creates ? 403 : call.success;
  }

  private static int rights(Role role, Whose whose) {
    return switch (whose) {
      case CALLERS_OWN, MADE_BY_CALLER -> 7;
      case ORGANIZATIONS -> role.onOwned;
      case ANOTHERS_OWN, OTHER_ORGANIZATIONS -> 0;
      case DELETED -> (role.onOwned & ADMIN) == 0 ? 0 : READ | ADMIN;
    };
  }

  private static String credential(Whose whose, String organization, Api caller) {
    Api owner = Api.as("owner", organization, "admin");
    return switch (whose) {
      case ORGANIZATIONS -> owner.created("it", KEY);
      case MADE_BY_CALLER -> caller.created("it", KEY);
      case CALLERS_OWN -> personal(caller);
      case ANOTHERS_OWN -> personal(owner);
      case OTHER_ORGANIZATIONS ->
          Api.as("owner", Api.newOrganization(), "admin").created("it", KEY);
      case DELETED -> {
        String id = owner.created("it", KEY);
        owner.delete(id).statusCode(200);
        yield id;
      }
    };
  }

  private static String personal(Api owner) {
    Map<String, Object> body = new HashMap<>();
    body.put("name", "it");
    body.put("type", "openai");
    body.put("organization", null);
    body.put("value", KEY);
    return owner.create(body).statusCode(201).extract().path("id");
  }
}
