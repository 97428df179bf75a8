package io.coffer.probe.http;

import io.coffer.egress.HttpCall;
import io.coffer.secret.SecretValue;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A call as it will be sent. It owns its headers and its body.
 *
 * @param url holds no secret
 * @param headers by name
 * @param contentType of the body; null if there is none
 * @param body null if there is none
 * @param authority the certificates in PEM that the server's must come from; null for the usual
 */
record PlannedCall(
    String method,
    URI url,
    Map<String, SecretValue> headers,
    @Nullable String contentType,
    @Nullable SecretValue body,
    @Nullable String authority)
    implements AutoCloseable {

  PlannedCall {
    headers = Map.copyOf(headers);
  }

  /** For the guard, with copies of what this owns. */
  HttpCall toSend(UUID organization) {
    HttpCall call = HttpCall.of(method, url, organization);
    headers.forEach((name, value) -> call.header(name, value.copy()));
    if (contentType != null && body != null) {
      call.body(contentType, body.copy());
    }
    if (authority != null) {
      call.trusting(authority);
    }
    return call;
  }

  /** Whether asking so would be asking the same again. */
  boolean asks(PlannedCall other) {
    return method.equals(other.method)
        && url.equals(other.url)
        && body == null
        && other.body == null;
  }

  @Override
  public void close() {
    headers.values().forEach(SecretValue::close);
    if (body != null) {
      body.close();
    }
  }

  /** Without the URL, which is the user's. */
  @Override
  public String toString() {
    return "PlannedCall[" + method + ']';
  }
}
