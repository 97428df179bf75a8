package io.coffer.credential;

import static io.restassured.RestAssured.given;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.coffer.testing.TestTokens;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** People, organizations and credentials of one test, and what is shared among them. */
final class Sharing {

  static final String KEY = "sk-proj-0123456789abcdefghijWXYZ";
  private static final String BASE = "/api/v1/credentials";

  private final Pool database;
  final String suffix = UUID.randomUUID().toString().substring(0, 8);

  Sharing(Pool database) {
    this.database = database;
  }

  /** Somebody whose token names these organizations of the test and has these roles. */
  final class Person {
    final String subject;
    private final String token;
    private final String selected;

    Person(String subject, String selected, String... roles) {
      this.subject = subject + "-" + suffix;
      this.selected = selected;
      TestTokens made = TestTokens.of(this.subject);
      if (!selected.startsWith("row:")) {
        made = made.organization(slug(selected));
      }
      this.token = made.roles(roles).sign();
    }

    RequestSpecification request() {
      RequestSpecification request = given().auth().oauth2(token).contentType(ContentType.JSON);
      return selected.startsWith("row:")
          ? request.header("X-Coffer-Organization", slug(selected.substring(4)))
          : request;
    }

    /** The id of its row, made by its first request. */
    UUID id() {
      return UUID.fromString(request().get("/api/v1/me").then().extract().path("id"));
    }

    String creates(String name, boolean personal) {
      Map<String, Object> body = new HashMap<>(Map.of("name", name, "type", "openai"));
      body.put("fields", Map.of("api_key", KEY));
      if (personal) {
        body.put("organization", null);
      }
      return request().body(body).post(BASE).then().statusCode(201).extract().path("id");
    }

    int reads(String id) {
      return request().get(BASE + "/" + id).statusCode();
    }

    int uses(String id) {
      return request().post(BASE + "/" + id + "/use").statusCode();
    }

    List<String> capabilities(String id) {
      return request().get(BASE + "/" + id).then().extract().path("capabilities");
    }

    @CanIgnoreReturnValue
    ValidatableResponse grants(String id, Person to, String role) {
      return grants(id, "principals/" + to.id(), Map.of("role", role));
    }

    @CanIgnoreReturnValue
    ValidatableResponse grants(String id, String grantee, Map<String, ?> body) {
      return request().body(body).put(BASE + "/" + id + "/grants/" + grantee).then();
    }

    @CanIgnoreReturnValue
    ValidatableResponse revokes(String id, String grantee) {
      return request().delete(BASE + "/" + id + "/grants/" + grantee).then();
    }

    @CanIgnoreReturnValue
    ValidatableResponse gets(String path) {
      return request().urlEncodingEnabled(false).get(BASE + path).then();
    }

    @CanIgnoreReturnValue
    ValidatableResponse posts(String path, Map<String, ?> body) {
      return request().body(body).post(BASE + path).then();
    }
  }

  /** A person whose token names the organization. */
  Person person(String subject, String organization, String... roles) {
    return new Person(subject, organization, roles);
  }

  /** A person whose token names no organization; rows say where it belongs. */
  Person byRows(String subject, String selected) {
    return new Person(subject, "row:" + selected);
  }

  String slug(String organization) {
    return organization + "-" + suffix;
  }

  /** The id of an organization, made if there is none. */
  @CanIgnoreReturnValue
  UUID organization(String name) {
    run("insert into organization (slug, name) values ($1, $1) on conflict do nothing", slug(name));
    return id("select id from organization where slug = $1", slug(name));
  }

  /** The id of somebody's row, made if there is none, as its first request would. */
  UUID principal(Person person) {
    run(
        "insert into principal (issuer, subject, kind, user_name) values ($2, $1, 'person', $1)"
            + " on conflict do nothing",
        person.subject,
        TestTokens.issuer());
    return id("select id from principal where subject = $1", person.subject);
  }

  void member(UUID principal, String organization, String... roles) {
    run(
        "insert into membership (organization, principal, roles) values ($1, $2, $3)"
            + " on conflict (principal, organization) do update set roles = excluded.roles",
        organization(organization),
        principal,
        roles);
  }

  UUID team(String organization, String name) {
    run("insert into team (organization, name) values ($1, $2)", organization(organization), name);
    return id(
        "select id from team where organization = $1 and name = $2",
        organization(organization),
        name);
  }

  void teamMember(UUID team, UUID principal) {
    run("insert into team_member (team, principal) values ($1, $2)", team, principal);
  }

  UUID placeholder(String name) {
    run(
        "insert into principal (kind, user_name, bind_value, bind_until)"
            + " values ('person', $1::text, $1::text, now() + interval '30 days')",
        name + "-" + suffix);
    return id("select id from principal where user_name = $1", name + "-" + suffix);
  }

  void run(String sql, @Nullable Object... values) {
    database.preparedQuery(sql).execute(Tuple.tuple(Arrays.asList(values))).await().indefinitely();
  }

  UUID id(String sql, Object... values) {
    return database
        .preparedQuery(sql)
        .execute(Tuple.from(List.of(values)))
        .await()
        .indefinitely()
        .iterator()
        .next()
        .getUUID(0);
  }

  long count(String sql, Object... values) {
    return database
        .preparedQuery(sql)
        .execute(Tuple.from(List.of(values)))
        .await()
        .indefinitely()
        .iterator()
        .next()
        .getLong(0);
  }
}
