package io.coffer.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.lang.JoseException;

/**
 * An OpenID Connect issuer on loopback: discovery document and key set, real keys, no log-in. Its
 * keys can vanish and its answers can fail.
 */
public final class TestIssuer implements AutoCloseable {

  private final HttpServer server;
  private final List<PublicJsonWebKey> keys = new CopyOnWriteArrayList<>();
  private final AtomicInteger keyRequests = new AtomicInteger();
  private volatile int status = 200;
  private volatile int padding;
  private volatile String claimedIssuer;

  private TestIssuer(HttpServer server, PublicJsonWebKey key) {
    this.server = server;
    this.claimedIssuer = url();
    keys.add(key);
  }

  /** Starts an issuer with a fresh key. */
  public static TestIssuer start() {
    return start(newKey());
  }

  /** Starts an issuer that publishes the public half of this key. */
  public static TestIssuer start(PublicJsonWebKey key) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      TestIssuer issuer = new TestIssuer(server, key);
      server.createContext("/.well-known/openid-configuration", issuer::discovery);
      server.createContext("/keys", issuer::keySet);
      server.setExecutor(Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory()));
      server.start();
      return issuer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A fresh RSA key with an id. */
  public static PublicJsonWebKey newKey() {
    try {
      PublicJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
      key.setKeyId(UUID.randomUUID().toString());
      key.setUse("sig");
      key.setAlgorithm("RS256");
      return key;
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The issuer's identifier, which is the address of its discovery document too. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The newest key. */
  public PublicJsonWebKey key() {
    return keys.getLast();
  }

  /** Tokens that this issuer signs with its newest key. */
  public TestTokens tokensOf(String subject) {
    return TestTokens.signedBy(url(), key(), subject);
  }

  /** Publishes one more key, which signs from now on. */
  public void addKey(PublicJsonWebKey key) {
    keys.add(key);
  }

  /** Publishes this key alone. */
  public void replaceKeys(PublicJsonWebKey key) {
    keys.clear();
    keys.add(key);
  }

  /** Every answer from now on has this HTTP status. */
  public void answerWith(int httpStatus) {
    status = httpStatus;
  }

  /** The discovery document from now on names another issuer. */
  public void claimToBe(String issuer) {
    claimedIssuer = issuer;
  }

  /** The key set from now on is followed by so many blanks, sent in chunks. */
  public void padWith(int blanks) {
    padding = blanks;
  }

  /** How often the key set was asked for. */
  public int keyRequests() {
    return keyRequests.get();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void discovery(HttpExchange exchange) throws IOException {
    answer(
        exchange,
        """
        {"issuer": "%s", "jwks_uri": "%s/keys"}"""
            .formatted(claimedIssuer, url()));
  }

  private void keySet(HttpExchange exchange) throws IOException {
    keyRequests.incrementAndGet();
    JsonWebKeySet set = new JsonWebKeySet(List.copyOf(keys));
    answer(exchange, set.toJson(OutputControlLevel.PUBLIC_ONLY) + " ".repeat(padding));
  }

  private void answer(HttpExchange exchange, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    // Without a length, so that a reader finds the end only by reading.
    exchange.sendResponseHeaders(status, 0);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /** A key with its private half as text. */
  static String withPrivateHalf(PublicJsonWebKey key) {
    return key.toJson(OutputControlLevel.INCLUDE_PRIVATE);
  }

  /** The reverse of {@link #withPrivateHalf}. */
  static PublicJsonWebKey readKey(String json) {
    try {
      return PublicJsonWebKey.Factory.newPublicJwk(JsonUtil.parseJson(json));
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }
}
