package io.coffer.access.issuer;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.core.http.HttpClient;
import io.vertx.mutiny.core.http.HttpClientRequest;
import io.vertx.mutiny.core.http.HttpClientResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** Finds an issuer's keys over HTTP, by its discovery document unless their place is configured. */
final class HttpKeySource implements KeySource {

  /** The largest discovery document and key set that are read, in bytes. */
  static final int MAX_DOCUMENT = 1024 * 1024;

  private static final String DISCOVERY = "/.well-known/openid-configuration";

  private final HttpClient client;
  private final Clock clock;
  private final Duration timeout;
  private final String url;
  private final Optional<String> jwksUrl;
  private final Optional<Path> tokenFile;
  private volatile @Nullable Place place;

  record Place(String issuer, String jwksUrl) {}

  /**
   * @param url the issuer's address
   */
  HttpKeySource(
      HttpClient client,
      Clock clock,
      Duration timeout,
      String url,
      IdentityConfig.IssuerConfig config) {
    this.client = client;
    this.clock = clock;
    this.timeout = timeout;
    this.url = url;
    this.jwksUrl = config.jwksUrl();
    this.tokenFile = config.tokenFile();
  }

  @Override
  public Uni<KeySet> fetch() {
    return place()
        .chain(
            found ->
                get(found.jwksUrl())
                    .map(body -> new KeySet(found.issuer(), readKeys(body), clock.instant())))
        // The keys may have moved: look the place up again next time.
        .onFailure()
        .invoke(() -> place = null);
  }

  private Uni<Place> place() {
    Place known = place;
    if (known != null) {
      return Uni.createFrom().item(known);
    }
    Uni<Place> found =
        jwksUrl.isPresent()
            ? Uni.createFrom().item(new Place(url, jwksUrl.get()))
            : get(withoutSlash(url) + DISCOVERY).map(document -> readPlace(url, document));
    return found.invoke(it -> place = it);
  }

  static Place readPlace(String url, String discovery) {
    JsonObject document = new JsonObject(discovery);
    String issuer = document.getString("issuer");
    String keys = document.getString("jwks_uri");
    // OpenID Connect Discovery 1.0, section 4.3: the two must be the same.
    if (issuer == null || keys == null || !withoutSlash(issuer).equals(withoutSlash(url))) {
      throw new IllegalStateException("the discovery document is another issuer's");
    }
    if (url.startsWith("https:") && !keys.startsWith("https:")) {
      throw new IllegalStateException("the discovery document leads to plain HTTP");
    }
    return new Place(issuer, keys);
  }

  private Uni<String> get(String address) {
    return Uni.createFrom()
        .deferred(() -> client.request(request(address)))
        .chain(
            request ->
                request
                    .send()
                    .chain(HttpKeySource::body)
                    .onTermination()
                    // What was refused or came too late is not read any further.
                    .invoke((body, failure, cancelled) -> reset(request, body == null)))
        .ifNoItem()
        .after(timeout)
        .fail();
  }

  private RequestOptions request(String address) {
    RequestOptions request =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setAbsoluteURI(URI.create(address).toString())
            .putHeader(HttpHeaders.ACCEPT, "application/json")
            .setTimeout(timeout.toMillis());
    tokenFile.ifPresent(
        file -> request.putHeader(HttpHeaders.AUTHORIZATION, "Bearer " + readToken(file)));
    return request;
  }

  private static void reset(HttpClientRequest request, boolean failed) {
    if (failed) {
      request.reset();
    }
  }

  private static Uni<String> body(HttpClientResponse response) {
    if (response.statusCode() != 200) {
      response.exceptionHandler(
          reset -> {
            // Of our own making, once the status was seen.
          });
      return Uni.createFrom()
          .failure(new IllegalStateException("the issuer answers " + response.statusCode()));
    }
    Buffer body = Buffer.buffer();
    return Uni.createFrom()
        .emitter(
            emitter ->
                response
                    .exceptionHandler(emitter::fail)
                    .endHandler(() -> emitter.complete(body.toString()))
                    .handler(
                        part -> {
                          if (body.length() + part.length() > MAX_DOCUMENT) {
                            emitter.fail(new IllegalStateException("the document is too large"));
                          } else {
                            body.appendBuffer(part);
                          }
                        }));
  }

  private static List<JsonWebKey> readKeys(String json) {
    try {
      // Symmetric keys have no place in a published set; one there would let anybody sign.
      return new JsonWebKeySet(json)
          .getJsonWebKeys().stream().filter(PublicJsonWebKey.class::isInstance).toList();
    } catch (JoseException e) {
      throw new IllegalStateException("the key set cannot be read", e);
    }
  }

  private static String readToken(Path file) {
    try {
      // A projected token is replaced from time to time, so it is read at each request.
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String withoutSlash(String address) {
    return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
  }
}
