package io.coffer.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One caller of the API who may have many requests under way; it never repeats one by itself. */
final class Client implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_LIMIT)
          .build();
  private final String token;

  /**
   * @param token sent with each request
   */
  Client(String token) {
    this.token = token;
  }

  /** An answer whose body is JSON, or empty. */
  record Answer(int status, JsonNode body, @Nullable String retryAfter) {

    /** The field of a used value. */
    String field(String id) {
      return body.path("fields").path(id).asText();
    }

    /** The stable identifier of a problem; empty if it is none. */
    String problem() {
      String type = body.path("type").asText();
      return type.startsWith("urn:") ? type : "";
    }

    String id() {
      return body.path("id").asText();
    }
  }

  /**
   * Makes an OpenAI credential of the organization.
   *
   * @param key the idempotency key; null for none
   * @throws IOException if there was no answer
   */
  Answer create(URI at, String name, String secret, @Nullable String key) throws IOException {
    Map<String, Object> body =
        Map.of("name", name, "type", "openai", "fields", Map.of("api_key", secret));
    HttpRequest.Builder request =
        to(at, "/api/v1/credentials").POST(BodyPublishers.ofString(text(body)));
    return send(key == null ? request : request.header("Idempotency-Key", key));
  }

  /** Asks for the value of a credential. */
  Answer use(URI at, String id) throws IOException {
    return send(to(at, "/api/v1/credentials/" + id + "/use").POST(BodyPublishers.ofString("{}")));
  }

  /** Asks for the value of a credential, under a request id of the caller's own. */
  Answer use(URI at, String id, String requestId) throws IOException {
    return send(
        to(at, "/api/v1/credentials/" + id + "/use")
            .header("X-Request-ID", requestId)
            .POST(BodyPublishers.ofString("{}")));
  }

  /** Looks at one of the health paths, for example {@code ready}. */
  Answer health(URI at, String check) throws IOException {
    return send(to(at, "/q/health/" + check).GET());
  }

  /** Reads what is at the path. */
  Answer get(URI at, String path) throws IOException {
    return send(to(at, path).GET());
  }

  /** Sends the body, written as JSON. */
  Answer post(URI at, String path, Object body) throws IOException {
    return send(to(at, path).POST(BodyPublishers.ofString(text(body))));
  }

  /** Puts the body, written as JSON. */
  Answer put(URI at, String path, Object body) throws IOException {
    return send(to(at, path).PUT(BodyPublishers.ofString(text(body))));
  }

  /** Patches with the body, written as JSON. */
  Answer patch(URI at, String path, Object body) throws IOException {
    return send(to(at, path).method("PATCH", BodyPublishers.ofString(text(body))));
  }

  Answer delete(URI at, String path) throws IOException {
    return send(to(at, path).DELETE());
  }

  private HttpRequest.Builder to(URI at, String path) {
    return HttpRequest.newBuilder(at.resolve(path))
        .timeout(ANSWER_LIMIT)
        .header("Authorization", "Bearer " + token)
        .header("Content-Type", "application/json");
  }

  private Answer send(HttpRequest.Builder request) throws IOException {
    try {
      HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
      return new Answer(
          response.statusCode(),
          response.body().isEmpty() ? JSON.nullNode() : JSON.readTree(response.body()),
          response.headers().firstValue("Retry-After").orElse(null));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String text(Object body) throws JsonProcessingException {
    return JSON.writeValueAsString(body);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
