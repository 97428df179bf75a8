package io.coffer.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * As much of a browser as a log-in needs: cookies per host, and redirects on demand. Like browsers,
 * it takes loopback for a secure place, so that it keeps cookies that are for secure places.
 */
public final class Browser implements AutoCloseable {

  private static final int MAX_REDIRECTS = 10;

  private final HttpClient client =
      HttpClient.newBuilder()
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private final Map<String, Map<String, HttpCookie>> cookies = new HashMap<>();

  /** A page that was answered. */
  public record Page(URI address, int status, Map<String, List<String>> headers, String body) {

    /** The first header of this name; empty if there is none. */
    public String header(String name) {
      return headers.entrySet().stream()
          .filter(entry -> entry.getKey().equalsIgnoreCase(name))
          .findFirst()
          .map(entry -> entry.getValue().getFirst())
          .orElse("");
    }

    /** Where a redirect leads. */
    public URI location() {
      return address.resolve(header("Location"));
    }
  }

  /** Asks without following redirects. */
  public Page get(URI address, String... headers) {
    return send(address, "GET", BodyPublishers.noBody(), headers);
  }

  /** Asks and follows redirects to their end. */
  public Page open(URI address) {
    return follow(get(address));
  }

  /** Sends a form without following redirects. */
  public Page submit(URI address, Map<String, String> fields) {
    String form =
        fields.entrySet().stream()
            .map(field -> encode(field.getKey()) + '=' + encode(field.getValue()))
            .collect(Collectors.joining("&"));
    return send(
        address,
        "POST",
        BodyPublishers.ofString(form),
        "Content-Type",
        "application/x-www-form-urlencoded");
  }

  /** Follows redirects to their end. */
  public Page follow(Page page) {
    Page at = page;
    for (int i = 0; at.status() / 100 == 3; i++) {
      if (i == MAX_REDIRECTS) {
        throw new IllegalStateException("too many redirects, last from " + at.address());
      }
      at = get(at.location());
    }
    return at;
  }

  /** Sends a request with the cookies of the address' host. */
  public Page send(URI address, String method, HttpRequest.BodyPublisher body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(30)).method(method, body);
    Map<String, HttpCookie> own = cookies.getOrDefault(address.getHost(), Map.of());
    if (!own.isEmpty()) {
      request.header(
          "Cookie",
          own.values().stream()
              .map(cookie -> cookie.getName() + '=' + cookie.getValue())
              .collect(Collectors.joining("; ")));
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
      response.headers().allValues("Set-Cookie").forEach(set -> keep(address.getHost(), set));
      return new Page(address, response.statusCode(), response.headers().map(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The cookies that are kept for a host, by name. */
  public Map<String, HttpCookie> cookies(String host) {
    return Map.copyOf(cookies.getOrDefault(host, Map.of()));
  }

  private void keep(String host, String header) {
    Map<String, HttpCookie> own = cookies.computeIfAbsent(host, name -> new LinkedHashMap<>());
    for (HttpCookie cookie : HttpCookie.parse(header)) {
      if (cookie.getMaxAge() == 0 || cookie.getValue().isEmpty()) {
        own.remove(cookie.getName());
      } else {
        own.put(cookie.getName(), cookie);
      }
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    client.close();
  }
}
