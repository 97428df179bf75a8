package io.coffer.leak;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Requests that hold a secret and cannot be read, or hold it where none belongs. */
final class UnreadableRequests {

  private static final String CREDENTIALS = "/api/v1/credentials";
  private static final String JSON = "application/json";

  private final LeakClient client;
  private final PlantedFields plants;

  UnreadableRequests(LeakClient client, PlantedFields plants) {
    this.client = client;
    this.plants = plants;
  }

  /** Sends them all, as a create and to the credential of that id. */
  void send(String id) {
    List<String> bodies = new ArrayList<>(malformed(plants.marker("a body that is no JSON")));
    bodies.addAll(misplaced(plants.marker("a secret in the place of another member")));
    for (String body : bodies) {
      client.send("POST", CREDENTIALS, body, JSON);
      client.send("PATCH", CREDENTIALS + '/' + id, body, JSON);
      client.send("POST", CREDENTIALS + '/' + id + "/copy", body, JSON);
      client.send("POST", CREDENTIALS + '/' + id + "/restore", body, JSON);
      client.send("POST", CREDENTIALS + '/' + id + "/use", body, JSON);
      client.send("POST", "/api/v1/use", body, JSON);
      client.send("POST", "/api/v1/admin/keys/rewrap", body, JSON);
    }
    otherMediaTypes();
    headers(id);
    recipient(id);
  }

  private static List<String> malformed(String marker) {
    return List.of(
        "{\"name\":\"n\",\"fields\":{\"api_key\":\"" + marker,
        "{\"name\":\"n\",\"fields\":{\"api_key\":" + marker + "}}",
        "{\"name\":\"n\",\"fields\":{\"api_key\":'" + marker + "'}}",
        "{\"name\":\"n\",\"fields\":{\"api_key\":\"" + marker + "\n\"}}",
        "{\"name\":\"n\",\"fields\":{\"api_key\":\"\\q" + marker + "\"}}",
        "{\"fields\":{\"a\":\"" + marker + "\",\"a\":\"" + marker + "\"}}",
        "{\"value\":\"" + marker + "\",\"value\":\"" + marker + "\"}",
        "{\"value\":\"" + marker + "\"} " + marker,
        "{\"value\":\"" + marker + "\"} {\"value\":\"" + marker + "\"}",
        "[".repeat(40) + '"' + marker + '"' + "]".repeat(40),
        "{\"value\":12" + marker + "}",
        "\"" + marker + "\"",
        "[\"" + marker + "\"]",
        marker,
        "<value>" + marker + "</value>",
        "{\"value\":\"" + marker.repeat(30_000) + "\"}");
  }

  private static List<String> misplaced(String marker) {
    String quoted = '"' + marker + '"';
    return List.of(
        body("\"type\":" + quoted + ",\"value\":" + quoted),
        body("\"category\":" + quoted + ",\"value\":" + quoted),
        body("\"organization\":" + quoted + ",\"value\":" + quoted),
        body("\"expires_at\":" + quoted),
        body("\"labels\":" + quoted),
        body("\"labels\":{\"a\":[" + quoted + "]}"),
        body("\"fields\":" + quoted),
        body("\"fields\":[" + quoted + "]"),
        body("\"value\":[" + quoted + "]"),
        body("\"value\":" + quoted + ",\"fields\":{\"api_key\":" + quoted + "}"),
        body("\"description\":{\"a\":" + quoted + "}"),
        body("\"no_such_member\":" + quoted),
        "{\"name\":[" + quoted + "]}",
        "{\"id\":" + quoted + "}",
        "{\"as\":" + quoted + "}",
        "{\"type\":" + quoted + "}",
        "{\"credentials\":" + quoted + "}",
        "{\"credentials\":[" + quoted + "]}",
        "{\"credentials\":[{\"id\":" + quoted + "},{\"type\":" + quoted + ",\"name\":7}]}",
        "{\"recipient\":" + quoted + "}",
        "{\"recipient\":{\"kty\":" + quoted + "}}");
  }

  private static String body(String members) {
    String type = members.contains("\"type\"") ? "" : "\"type\":\"openai\",";
    return "{\"name\":\"" + UUID.randomUUID() + "\"," + type + members + '}';
  }

  private void otherMediaTypes() {
    String marker = plants.marker("a body of another media type");
    for (String type :
        List.of("text/plain", "application/x-www-form-urlencoded", "application/xml", "x/y")) {
      client.send("POST", CREDENTIALS, "value=" + marker, type);
    }
  }

  private void headers(String id) {
    String path = CREDENTIALS + '/' + id;
    String marker = plants.marker("a header");
    client.send("PATCH", path, "{}", JSON, "If-Match", marker);
    client.send("GET", path, "", JSON, "X-Request-ID", marker + '!');
    client.send("GET", path, "", JSON, "X-Coffer-Organization", marker);
    client.send("GET", path, "", JSON, "Accept", "text/" + marker);
    client.send("GET", path, "", JSON, "Cookie", "q_session=" + marker);
    client.send("POST", CREDENTIALS, "{}", JSON, "Idempotency-Key", marker + 'é');
  }

  /** A caller that sends its private key by mistake. */
  private void recipient(String id) {
    String marker = plants.marker("a private key as recipient");
    String jwk = "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\",\"d\":\"" + marker;
    client.send("POST", CREDENTIALS + '/' + id + "/use", "{\"recipient\":" + jwk + "\"}}", JSON);
  }
}
