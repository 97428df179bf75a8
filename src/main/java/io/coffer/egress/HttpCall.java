package io.coffer.egress;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.coffer.secret.SecretValue;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request. It owns its headers and its body, all of which count as secret; {@link
 * GuardedHttp#send} takes it over and closes it.
 */
public final class HttpCall implements AutoCloseable {

  /** The most bytes of an answer where a call says nothing else. */
  public static final int USUAL_BYTES = 64 * 1024;

  /** The most bytes of an answer that is a list. */
  public static final int LIST_BYTES = 1024 * 1024;

  private static final Duration USUAL_DEADLINE = Duration.ofSeconds(10);

  private final String method;
  private final URI url;
  private final UUID organization;
  private final List<Header> headers = new ArrayList<>();
  private @Nullable SecretValue body;
  private int maxBytes = USUAL_BYTES;
  private Duration deadline = USUAL_DEADLINE;
  private @Nullable String authority;
  private Set<Integer> wellKnownPorts = Set.of(443);

  /** A header; the value is wiped with the call. */
  record Header(String name, SecretValue value) {}

  private HttpCall(String method, URI url, UUID organization) {
    this.method = method;
    this.url = url;
    this.organization = organization;
  }

  /**
   * Begins a request.
   *
   * @param method such as {@code GET}
   * @param url absolute, with {@code https}, or with {@code http} for a place that an operator
   *     opened; without user and fragment
   * @param organization for whom
   */
  public static HttpCall of(String method, URI url, UUID organization) {
    return new HttpCall(method, url, organization);
  }

  /** Adds a header and takes over its value. */
  @CanIgnoreReturnValue
  public HttpCall header(String name, SecretValue value) {
    headers.add(new Header(name, value));
    return this;
  }

  /** Adds a header that is no secret. */
  @CanIgnoreReturnValue
  public HttpCall header(String name, String value) {
    return header(name, SecretValue.ofText(value));
  }

  /** Sets the body and takes it over. */
  @CanIgnoreReturnValue
  public HttpCall body(String contentType, SecretValue content) {
    body = content;
    return header("Content-Type", contentType);
  }

  /** The most bytes that are read of the answer's body; what is more is a failure. */
  @CanIgnoreReturnValue
  public HttpCall maxBytes(int bytes) {
    maxBytes = bytes;
    return this;
  }

  /** How long all of it may take, from the look-up of the name to the last byte. */
  @CanIgnoreReturnValue
  public HttpCall deadline(Duration whole) {
    deadline = whole;
    return this;
  }

  /** Trusts these certificates in PEM, and no others. */
  @CanIgnoreReturnValue
  public HttpCall trusting(String pem) {
    authority = pem;
    return this;
  }

  /** The ports below 1024 at which such a service usually is; 443 if nothing is said. */
  @CanIgnoreReturnValue
  public HttpCall wellKnownPorts(Set<Integer> ports) {
    wellKnownPorts = Set.copyOf(ports);
    return this;
  }

  public String method() {
    return method;
  }

  public URI url() {
    return url;
  }

  List<Header> headers() {
    return headers;
  }

  @Nullable SecretValue body() {
    return body;
  }

  int maxBytes() {
    return maxBytes;
  }

  Duration deadline() {
    return deadline;
  }

  @Nullable String authority() {
    return authority;
  }

  boolean encrypted() {
    return "https".equalsIgnoreCase(url.getScheme());
  }

  /**
   * Where it goes.
   *
   * @throws EgressFailure.Blocked if the URL is none that is called
   */
  Destination destination() {
    String host = url.getHost();
    boolean known = encrypted() || "http".equalsIgnoreCase(url.getScheme());
    if (host == null || !known || url.getRawUserInfo() != null || url.getRawFragment() != null) {
      throw new EgressFailure.Blocked("url");
    }
    int usual = encrypted() ? 443 : 80;
    int port = url.getPort() < 0 ? usual : url.getPort();
    return new Destination(host, port, wellKnownPorts, organization);
  }

  @Override
  public void close() {
    headers.forEach(header -> header.value().close());
    if (body != null) {
      body.close();
    }
  }

  /** Without the URL, which is the user's and may hold a secret. */
  @Override
  public String toString() {
    return "HttpCall[" + method + ']';
  }
}
