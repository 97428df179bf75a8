package io.coffer.web;

import io.coffer.web.list.InvalidQuery;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses query parameters of the native API that the called method does not declare: a misspelt
 * one would change what a request means without a word. A method that takes all of them judges them
 * itself.
 */
public final class KnownParameters {

  private static final String NATIVE = "/api/v1/";

  /** By method, of which there is a fixed number; empty for one that takes all. */
  private final Map<Method, Optional<Set<String>>> known = new ConcurrentHashMap<>();

  /** Throws {@link InvalidQuery} with the first parameter that is not known. */
  @ServerRequestFilter
  public void refuseOthers(ResourceInfo resource, UriInfo uri) {
    Method method = resource.getResourceMethod();
    if (method == null || !uri.getPath().startsWith(NATIVE)) {
      return;
    }
    Optional<Set<String>> names = known.computeIfAbsent(method, KnownParameters::namesOf);
    for (String sent : uri.getQueryParameters().keySet()) {
      if (names.isPresent() && !names.get().contains(sent)) {
        throw new InvalidQuery(sent, "There is no such parameter.");
      }
    }
  }

  private static Optional<Set<String>> namesOf(Method method) {
    Set<String> names = new HashSet<>();
    for (Parameter parameter : method.getParameters()) {
      if (parameter.getType() == UriInfo.class) {
        return Optional.empty();
      }
      RestQuery declared = parameter.getAnnotation(RestQuery.class);
      if (declared != null) {
        names.add(declared.value().isEmpty() ? parameter.getName() : declared.value());
      }
      QueryParam standard = parameter.getAnnotation(QueryParam.class);
      if (standard != null) {
        names.add(standard.value());
      }
    }
    return Optional.of(Set.copyOf(names));
  }
}
