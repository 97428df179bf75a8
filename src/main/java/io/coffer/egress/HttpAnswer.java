package io.coffer.egress;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a server answered, redirects included: none is followed. The body may hold a secret, such as
 * a token; whoever holds the answer closes it.
 */
public final class HttpAnswer implements AutoCloseable {

  private final int status;
  private final Map<String, List<String>> headers;
  private final byte[] body;
  private final Duration latency;

  /**
   * Takes over the body.
   *
   * @param headers by name in lower case
   * @param body as it came; nothing is decompressed
   * @param latency from the begin of the connection to the last byte
   */
  public HttpAnswer(int status, Map<String, List<String>> headers, byte[] body, Duration latency) {
    this.status = status;
    this.headers = Map.copyOf(headers);
    this.body = body;
    this.latency = latency;
  }

  public int status() {
    return status;
  }

  /** The first value of a header, whatever the case of its name. */
  public Optional<String> header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream().findFirst();
  }

  /** The body itself and no copy; all zero after {@link #close}. */
  public byte[] body() {
    return body;
  }

  public Duration latency() {
    return latency;
  }

  @Override
  public void close() {
    Arrays.fill(body, (byte) 0);
  }

  @Override
  public String toString() {
    return "HttpAnswer[" + status + ']';
  }
}
