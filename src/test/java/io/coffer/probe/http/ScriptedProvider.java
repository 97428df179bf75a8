package io.coffer.probe.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.coffer.egress.GuardedHttp;
import io.coffer.egress.HttpAnswer;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/** A server that answers by script, and stands in for every provider there is. */
final class ScriptedProvider implements AutoCloseable {

  private final HttpServer server;
  private final Map<String, Conformance.Said> script = new ConcurrentHashMap<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final AtomicReference<String> key = new AtomicReference<>("");

  /**
   * What came.
   *
   * @param line method and target
   * @param rest headers and body, also as they are without their encodings
   */
  record Request(String line, String rest) {}

  ScriptedProvider() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  /** Answers this call so from now on, if the request carries the key. */
  void answers(String call, Conformance.Said said) {
    URI url = URI.create(call.substring(call.indexOf(' ') + 1));
    script.put(line(call.substring(0, call.indexOf(' ')), url), said);
  }

  /** Refuses what carries another one; empty: takes any. */
  void knows(String secret) {
    key.set(secret);
  }

  void forget() {
    script.clear();
    requests.clear();
  }

  List<Request> requests() {
    return requests;
  }

  private static String line(String method, URI url) {
    String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    return method + " " + path + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String line = line(exchange.getRequestMethod(), exchange.getRequestURI());
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String headers =
          exchange.getRequestHeaders().entrySet().stream()
              .map(header -> header.getKey() + ": " + String.join(",", header.getValue()))
              .collect(Collectors.joining("\n"));
      String rest = headers + "\n" + body + "\n" + decoded(headers) + decodedForm(body);
      requests.add(new Request(line, rest));
      Conformance.Said said =
          rest.contains(key.get())
              ? script.getOrDefault(line, Conformance.Said.of(418, "{}", null))
              : Conformance.Said.of(401, "{}", null);
      said.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
      exchange.getResponseHeaders().set("Content-Type", said.contentType());
      byte[] bytes = said.body();
      exchange.sendResponseHeaders(said.status(), bytes.length == 0 ? -1 : bytes.length);
      if (bytes.length > 0) {
        exchange.getResponseBody().write(bytes);
      }
    }
  }

  private static String decoded(String headers) {
    return headers
        .lines()
        .filter(header -> header.startsWith("Authorization: Basic "))
        .map(header -> header.substring("Authorization: Basic ".length()))
        .map(pair -> new String(Base64.getDecoder().decode(pair), StandardCharsets.UTF_8))
        .collect(Collectors.joining("\n"));
  }

  private static String decodedForm(String body) {
    return body.startsWith("{") ? "" : URLDecoder.decode(body, StandardCharsets.UTF_8);
  }

  /** The real client, but for where it goes. */
  HttpRun.Sender through(GuardedHttp http) {
    return (call, organization, deadline, limit) -> sent(http, call, organization, deadline, limit);
  }

  private Uni<HttpAnswer> sent(
      GuardedHttp http, PlannedCall call, UUID organization, Duration deadline, int limit) {
    String line = line(call.method(), call.url());
    URI here =
        URI.create(
            "http://127.0.0.1:"
                + server.getAddress().getPort()
                + line.substring(line.indexOf(' ') + 1));
    PlannedCall rerouted =
        new PlannedCall(call.method(), here, call.headers(), call.contentType(), call.body(), null);
    return http.send(rerouted.toSend(organization).deadline(deadline).maxBytes(limit));
  }

  @Override
  public void close() {
    server.stop(0);
  }

  static ScriptedProvider start() {
    try {
      return new ScriptedProvider();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
