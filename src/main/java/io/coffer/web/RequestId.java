package io.coffer.web;

import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/**
 * Gives every request an id that its log lines, its problems and its answer carry. A caller's own
 * {@code X-Request-ID} is kept if it is short and plain, so that it cannot forge log lines.
 */
public final class RequestId {

  public static final String HEADER = "X-Request-ID";
  private static final String KEY = "request_id";
  private static final Pattern ACCEPTED = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  @ServerRequestFilter(preMatching = true, priority = 0)
  public void assign(ContainerRequestContext context, HttpServerRequest request) {
    context.setProperty(KEY, assign(request));
  }

  /** Gives an id to a request that does not come as far as a resource. */
  static String assign(HttpServerRequest request) {
    String sent = request.getHeader(HEADER);
    String id =
        sent != null && ACCEPTED.matcher(sent).matches() ? sent : UUID.randomUUID().toString();
    MDC.put(KEY, id);
    return id;
  }

  @ServerResponseFilter
  public void answer(ContainerRequestContext request, ContainerResponseContext response) {
    if (request.getProperty(KEY) instanceof String id) {
      response.getHeaders().putSingle(HEADER, id);
    }
  }

  /** The id of the request at hand; null outside of one. */
  public static @Nullable String current() {
    return MDC.get(KEY) instanceof String id ? id : null;
  }
}
