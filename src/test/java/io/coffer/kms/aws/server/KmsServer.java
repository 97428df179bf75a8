package io.coffer.kms.aws.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** One region of the service, on a random port of the loopback interface. */
public final class KmsServer implements AutoCloseable {

  /** The access key that every server knows from the start. */
  public static final String ACCESS_KEY = "AKIDCOFFERTEST";

  /** The secret that belongs to {@link #ACCESS_KEY}; it opens nothing but this server. */
  public static final String SECRET_KEY = "only-for-the-server-in-the-tests";

  public static final String REGION = "eu-central-1";

  private static final String TARGET = "TrentService.";
  private static final String JSON = "application/x-amz-json-1.1";

  private final ObjectMapper mapper = new ObjectMapper();
  private final HttpServer http;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final String region;
  private final ServerKeys keys;
  private final Permissions permissions = new Permissions();
  private final Faults faults = new Faults();
  private final Calls calls = new Calls();
  private final Signatures signatures;
  private final Operations operations;
  private volatile @Nullable Throttle throttle;

  private KmsServer(String region, int port) throws IOException {
    this.region = region;
    this.keys = new ServerKeys(region);
    this.signatures = new Signatures(region, Clock.systemUTC());
    this.operations = new Operations(keys, permissions);
    signatures.know(ACCESS_KEY, SECRET_KEY);
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    http.setExecutor(threads);
    http.createContext("/", this::serve);
    http.start();
  }

  public static KmsServer start() {
    return start(REGION);
  }

  public static KmsServer start(String region) {
    try {
      return new KmsServer(region, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
  }

  public String region() {
    return region;
  }

  public ServerKey createKey() {
    return keys.create(ServerKey.SYMMETRIC, false);
  }

  public ServerKey createSigningKey() {
    return keys.create("SIGN_VERIFY", false);
  }

  public ServerKey createMultiRegionKey() {
    return keys.create(ServerKey.SYMMETRIC, true);
  }

  /** Makes a replica, in this region, of another region's key. */
  public ServerKey replicate(ServerKey key) {
    return keys.add(key.replica(region));
  }

  public void alias(String alias, ServerKey key) {
    keys.createAlias(alias, key.id());
  }

  public void moveAlias(String alias, ServerKey key) {
    keys.updateAlias(alias, key.id());
  }

  public Permissions permissions() {
    return permissions;
  }

  public Faults faults() {
    return faults;
  }

  public Calls calls() {
    return calls;
  }

  public void revokeAccessKey() {
    signatures.forget(ACCESS_KEY);
  }

  public void restoreAccessKey() {
    signatures.know(ACCESS_KEY, SECRET_KEY);
  }

  public void skewClock(Duration by) {
    signatures.skew(by);
  }

  /** Allows so many calls at once, and so many more per second. */
  public void throttle(double burst, double perSecond) {
    throttle = new Throttle(Clock.systemUTC(), burst, perSecond);
  }

  public void unthrottle() {
    throttle = null;
  }

  @Override
  public void close() {
    closed.countDown();
    http.stop(0);
    threads.shutdownNow();
  }

  private void serve(HttpExchange exchange) throws IOException {
    calls.began();
    try (exchange) {
      exchange.getResponseHeaders().set("x-amzn-RequestId", UUID.randomUUID().toString());
      byte[] body = exchange.getRequestBody().readAllBytes();
      try {
        answer(exchange, body);
      } catch (ServerFailure failure) {
        error(exchange, failure.code(), failure.status(), failure.getMessage());
      }
    } finally {
      calls.ended();
    }
  }

  private void answer(HttpExchange exchange, byte[] body) throws IOException {
    String operation = operation(exchange);
    String accessKey = signatures.check(exchange.getRequestHeaders(), body);
    Input input = new Input(parse(body));
    String attempt = exchange.getRequestHeaders().getFirst("amz-sdk-request");
    calls.record(call(operation, input, attempt == null ? "" : attempt));
    Throttle limit = throttle;
    if (limit != null) {
      limit.take();
    }
    Fault fault = faults.take(operation).orElse(null);
    switch (fault) {
      case null -> send(exchange, operations.perform(operation, input, accessKey));
      case Fault.Error error -> error(exchange, error.code(), error.status(), "as planned");
      case Fault.Raw raw -> send(exchange, raw.status(), raw.contentType(), raw.body());
      case Fault.Cut _ -> exchange.sendResponseHeaders(200, 4096);
      case Fault.Never _ -> await(closed);
      case Fault.Held held -> {
        await(held.until());
        send(exchange, operations.perform(operation, input, accessKey));
      }
      case Fault.OtherKey other ->
          send(exchange, operations.perform(operation, input, accessKey).put("KeyId", other.arn()));
      case Fault.PlaintextOf plaintext ->
          send(
              exchange,
              operations
                  .perform(operation, input, accessKey)
                  .put("Plaintext", new byte[plaintext.length()]));
      case Fault.EmptyBlob _ ->
          send(
              exchange,
              operations.perform(operation, input, accessKey).put("CiphertextBlob", new byte[0]));
    }
  }

  private static String operation(HttpExchange exchange) {
    String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    if (!exchange.getRequestMethod().equals("POST")
        || !exchange.getRequestURI().toString().equals("/")
        || !JSON.equals(type)
        || target == null
        || !target.startsWith(TARGET)) {
      throw new ServerFailure("UnknownOperationException", "");
    }
    return target.substring(TARGET.length());
  }

  private JsonNode parse(byte[] body) throws IOException {
    try {
      JsonNode node = mapper.readTree(body);
      if (node.isObject()) {
        return node;
      }
    } catch (JsonProcessingException e) {
      throw new ServerFailure("SerializationException", "The body is not JSON");
    }
    throw new ServerFailure("SerializationException", "The body is not an object");
  }

  private static Calls.Call call(String operation, Input input, String attempt) {
    JsonNode body = input.body();
    String key = body.path("KeyId").asText(body.path("SourceKeyId").asText(""));
    String context =
        body.has("SourceEncryptionContext") ? "SourceEncryptionContext" : "EncryptionContext";
    return new Calls.Call(operation, key, input.context(context), attempt);
  }

  private void error(HttpExchange exchange, String code, int status, @Nullable String message)
      throws IOException {
    ObjectNode body = mapper.createObjectNode().put("__type", code).put("message", message);
    send(exchange, status, JSON, body.toString());
  }

  private static void send(HttpExchange exchange, ObjectNode body) throws IOException {
    send(exchange, 200, JSON, body.toString());
  }

  private static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
