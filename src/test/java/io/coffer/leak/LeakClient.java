package io.coffer.leak;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * A caller whose every answer is searched, but for values that it asked for. It is the client of
 * the JDK, which logs nothing: so every record in the logs is the application's.
 */
final class LeakClient {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper mapper =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
  private final URI base;
  private final String token;
  private final Findings findings;

  LeakClient(URI base, String token, Findings findings) {
    this.base = base;
    this.token = token;
    this.findings = findings;
  }

  /** What came back. */
  record Answer(int status, String body) {
    JsonNode json() {
      try {
        return new ObjectMapper().readTree(body);
      } catch (IOException e) {
        throw new IllegalStateException("the answer is no JSON: " + body, e);
      }
    }

    String id() {
      return json().path("id").asText();
    }
  }

  @CanIgnoreReturnValue
  Answer get(String path) {
    return send("GET", path, "", "application/json");
  }

  @CanIgnoreReturnValue
  Answer delete(String path) {
    return send("DELETE", path, "", "application/json");
  }

  @CanIgnoreReturnValue
  Answer post(String path, Object body) {
    return send("POST", path, json(body), "application/json");
  }

  @CanIgnoreReturnValue
  Answer patch(String path, Object body) {
    return send("PATCH", path, json(body), "application/merge-patch+json");
  }

  /** Any request; the further headers are names and values in turn. */
  @CanIgnoreReturnValue
  Answer send(String method, String path, String body, String mediaType, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", mediaType)
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      HttpResponse<String> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      boolean handedOut = path.endsWith("/use") && response.statusCode() == 200;
      String place = method + ' ' + path.replaceAll("[0-9a-f-]{36}", "{id}");
      findings.search("headers of " + place, response.headers().map().toString());
      if (!handedOut) {
        findings.search("answer to " + place, response.body());
      }
      return new Answer(response.statusCode(), response.body());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private String json(Object body) {
    try {
      return body instanceof String text ? text : mapper.writeValueAsString(body);
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
