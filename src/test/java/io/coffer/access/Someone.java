package io.coffer.access;

import static io.restassured.RestAssured.given;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.coffer.testing.TestTokens;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A person or workload as the API sees it: by its token, and the organization that it names. */
public final class Someone {

  static final String API = "/api/v1";

  private final String subject;
  private final String token;
  private final @Nullable String organization;

  private Someone(String subject, String token, @Nullable String organization) {
    this.subject = subject;
    this.token = token;
    this.organization = organization;
  }

  /** Somebody new, whose token names the organization and these roles. */
  public static Someone in(String organization, String... roles) {
    return with(TestTokens.of(unique("person")).organization(organization).roles(roles));
  }

  /** Somebody new over all organizations, who belongs to none. */
  public static Someone systemAdmin() {
    return with(TestTokens.of(unique("root")).roles("system_admin"));
  }

  /** A new workload, whose token says nothing of organizations and roles that would count. */
  public static Someone workload() {
    return with(TestTokens.ofCluster(unique("system:serviceaccount:tests")).roles("admin"));
  }

  public static Someone with(TestTokens token) {
    return new Someone(token.subject(), token.sign(), null);
  }

  public static String unique(String kind) {
    return kind + ":" + UUID.randomUUID();
  }

  /** An organization that no other test has, and that is there. */
  public static String newOrganization() {
    String slug = "org-" + UUID.randomUUID();
    in(slug).id();
    return slug;
  }

  /** The same one, naming an organization in the header. */
  public Someone selecting(@Nullable String slugOrId) {
    return new Someone(subject, token, slugOrId);
  }

  public RequestSpecification request() {
    RequestSpecification request = given().auth().oauth2(token).contentType(ContentType.JSON);
    return organization == null ? request : request.header("X-Coffer-Organization", organization);
  }

  /** Its id. */
  @CanIgnoreReturnValue
  public String id() {
    return get("/me").statusCode(200).extract().path("id");
  }

  /** Its id, if it belongs to no organization yet: a system administrator finds it. */
  public String idFoundByOthers() {
    get("/me");
    return systemAdmin()
        .get("/principals?all=true&subject=" + subject)
        .statusCode(200)
        .extract()
        .path("items[0].id");
  }

  @CanIgnoreReturnValue
  public ValidatableResponse get(String path) {
    return request().urlEncodingEnabled(false).get(API + path).then();
  }

  @CanIgnoreReturnValue
  public ValidatableResponse post(String path, Map<String, ?> body) {
    return request().body(body).post(API + path).then();
  }

  @CanIgnoreReturnValue
  public ValidatableResponse put(String path, Map<String, ?> body) {
    return request().body(body).put(API + path).then();
  }

  @CanIgnoreReturnValue
  public ValidatableResponse put(String path) {
    return request().put(API + path).then();
  }

  @CanIgnoreReturnValue
  public ValidatableResponse patch(String path, Map<String, ?> body) {
    return request().body(body).patch(API + path).then();
  }

  @CanIgnoreReturnValue
  public ValidatableResponse delete(String path) {
    return request().delete(API + path).then();
  }

  /** Gives a member of an organization these roles. */
  @CanIgnoreReturnValue
  public ValidatableResponse makes(String principal, String slug, String... roles) {
    return put("/organizations/" + slug + "/members/" + principal, Map.of("roles", List.of(roles)));
  }

  /** Announces a workload or person by its identity, and gives its id. */
  @CanIgnoreReturnValue
  public String announces(String issuer, String subject) {
    return post("/principals", Map.of("issuer", issuer, "subject", subject)).extract().path("id");
  }

  /** Makes a team and gives its id. */
  @CanIgnoreReturnValue
  public String makesTeam(Map<String, ?> team) {
    return post("/teams", team).statusCode(201).extract().path("id");
  }

  /** Makes a credential of the organization and gives its id. */
  @CanIgnoreReturnValue
  public String makesCredential() {
    Map<String, Object> body = new HashMap<>();
    body.put("name", unique("credential"));
    body.put("type", "openai");
    body.put("value", "sk-proj-0123456789abcdefghijWXYZ");
    return post("/credentials", body).statusCode(201).extract().path("id");
  }

  /** The status of reading a credential. */
  public int reads(String credential) {
    return get("/credentials/" + credential).extract().statusCode();
  }

  /** The status of using a credential. */
  public int uses(String credential) {
    return request().post(API + "/credentials/" + credential + "/use").statusCode();
  }
}
