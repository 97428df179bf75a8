package io.coffer.probe;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.coffer.credential.Api;
import io.restassured.response.ValidatableResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** The validation API as one caller sees it, and credentials of a {@link Provider}. */
public final class ProbeApi {

  private static final String CREDENTIALS = "/api/v1/credentials/";

  private final Api api;
  private final Provider provider;

  public ProbeApi(Api api, Provider provider) {
    this.api = api;
    this.provider = provider;
  }

  public static String newKey() {
    return "sk-proj-" + UUID.randomUUID();
  }

  /** The body that makes a credential of the provider. */
  public Map<String, Object> body(String name, String key) {
    Map<String, Object> body = new HashMap<>();
    body.put("name", name);
    body.put("type", "openai");
    body.put("fields", Map.of("api_key", key, "base_url", provider.url()));
    return body;
  }

  @CanIgnoreReturnValue
  public String created(String key) {
    return api.create(body("it " + UUID.randomUUID(), key)).statusCode(201).extract().path("id");
  }

  public ValidatableResponse validate(String id) {
    return api.request().post(CREDENTIALS + id + "/validate").then();
  }

  public ValidatableResponse validate(String id, String wait) {
    return api.request().post(CREDENTIALS + id + "/validate?wait=" + wait).then();
  }

  public ValidatableResponse history(String id) {
    return api.request().get(CREDENTIALS + id + "/validations").then();
  }

  public ValidatableResponse report(String id) {
    return api.request().post(CREDENTIALS + id + "/reports").then();
  }

  public ValidatableResponse draft(Map<String, ?> body) {
    return api.request().body(body).post("/api/v1/validations/draft").then();
  }

  public ValidatableResponse read(String id) {
    return api.read(id).statusCode(200);
  }
}
