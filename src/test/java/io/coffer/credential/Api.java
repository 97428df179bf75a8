package io.coffer.credential;

import static io.restassured.RestAssured.given;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.coffer.testing.TestTokens;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import java.util.UUID;

/** The credentials API as one caller in one organization sees it. */
public final class Api {

  private static final String BASE = "/api/v1/credentials";

  private final String token;

  private Api(String token) {
    this.token = token;
  }

  /** A caller with these roles in the organization. */
  public static Api as(String subject, String organization, String... roles) {
    return new Api(TestTokens.of(subject).organization(organization).roles(roles).sign());
  }

  /** An organization that no other test has. */
  public static String newOrganization() {
    return "org-" + UUID.randomUUID();
  }

  public RequestSpecification request() {
    return given().auth().oauth2(token).contentType(ContentType.JSON);
  }

  @CanIgnoreReturnValue
  public ValidatableResponse create(Map<String, ?> body) {
    return request().body(body).post(BASE).then();
  }

  /** Makes an OpenAI credential and gives its id. */
  @CanIgnoreReturnValue
  public String created(String name, String key) {
    return create(Map.of("name", name, "type", "openai", "fields", Map.of("api_key", key)))
        .statusCode(201)
        .extract()
        .path("id");
  }

  @CanIgnoreReturnValue
  public ValidatableResponse read(String id) {
    return request().get(BASE + "/" + id).then();
  }

  @CanIgnoreReturnValue
  public ValidatableResponse list(String query) {
    return request().urlEncodingEnabled(false).get(BASE + query).then();
  }

  @CanIgnoreReturnValue
  public ValidatableResponse patch(String id, Map<String, ?> body) {
    return request().body(body).patch(BASE + "/" + id).then();
  }

  @CanIgnoreReturnValue
  public ValidatableResponse delete(String id) {
    return request().delete(BASE + "/" + id).then();
  }

  @CanIgnoreReturnValue
  public ValidatableResponse purge(String id) {
    return request().delete(BASE + "/" + id + "?purge=true").then();
  }

  @CanIgnoreReturnValue
  public ValidatableResponse restore(String id) {
    return request().post(BASE + "/" + id + "/restore").then();
  }

  @CanIgnoreReturnValue
  public ValidatableResponse copy(String id, Map<String, ?> body) {
    return request().body(body).post(BASE + "/" + id + "/copy").then();
  }

  @CanIgnoreReturnValue
  public ValidatableResponse setDefault(String id) {
    return request().post(BASE + "/" + id + "/set-default").then();
  }

  @CanIgnoreReturnValue
  public ValidatableResponse use(String id) {
    return request().post(BASE + "/" + id + "/use").then();
  }

  @CanIgnoreReturnValue
  public ValidatableResponse use(Map<String, ?> body) {
    return request().body(body).post("/api/v1/use").then();
  }
}
