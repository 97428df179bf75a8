package io.coffer.web;

import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses headers that the called method declares and that say nothing, or several things. The
 * framework would pass over an empty one: a change that shall depend on a revision, or be made
 * once, would be made anyhow.
 */
public final class KnownHeaders {

  private static final String ORGANIZATION = "X-Coffer-Organization";

  /** By method, of which there is a fixed number. */
  private final Map<Method, List<String>> known = new ConcurrentHashMap<>();

  /** Throws {@link InvalidHeader} with the first header that is wrong. */
  @ServerRequestFilter
  public void refuseEmpty(ResourceInfo resource, HttpServerRequest request) {
    Method method = resource.getResourceMethod();
    if (method == null || !KnownParameters.isNative(request.path())) {
      return;
    }
    for (String name : known.computeIfAbsent(method, KnownHeaders::namesOf)) {
      List<String> sent = request.headers().getAll(name);
      if (sent.size() > 1) {
        throw new InvalidHeader(name, "It is given more than once.");
      }
      if (!sent.isEmpty() && sent.getFirst().isBlank()) {
        throw new InvalidHeader(name, "It must not be empty; leave it out instead.");
      }
    }
  }

  private static List<String> namesOf(Method method) {
    List<String> names = new ArrayList<>(List.of(ORGANIZATION));
    for (Parameter parameter : method.getParameters()) {
      RestHeader declared = parameter.getAnnotation(RestHeader.class);
      if (declared != null) {
        names.add(declared.value());
      }
    }
    return names;
  }
}
