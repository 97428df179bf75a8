package io.coffer.web;

import io.coffer.web.list.InvalidQuery;
import io.coffer.web.list.ListGrammar;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * Refuses query parameters of the native API that the called method does not declare: a misspelt
 * one would change what a request means without a word. A method that takes all of them judges them
 * itself. So would an empty one, which is refused too.
 */
public final class KnownParameters {

  private static final String NATIVE = "/api/v1/";

  /** By method, of which there is a fixed number. */
  private final Map<Method, Known> known = new ConcurrentHashMap<>();

  /** What a method declares, and whether it judges what it does not declare. */
  private record Known(Set<String> names, boolean takesAll) {
    String told() {
      return names.isEmpty()
          ? "; there are none."
          : "; there are " + String.join(", ", new TreeSet<>(names)) + ".";
    }
  }

  /** Throws {@link InvalidQuery} with the first parameter that is not known. */
  @ServerRequestFilter
  public void refuseOthers(ResourceInfo resource, UriInfo uri) {
    Method method = resource.getResourceMethod();
    if (method == null || !isNative(uri.getPath())) {
      return;
    }
    Known declared = known.computeIfAbsent(method, KnownParameters::of);
    uri.getQueryParameters()
        .forEach(
            (name, values) -> {
              if (!declared.names().contains(name)) {
                if (!declared.takesAll()) {
                  throw new InvalidQuery(name, "There is no such parameter" + declared.told());
                }
              } else if (values.contains("") && !ListGrammar.mayBeEmpty(name)) {
                // The framework would pass over it.
                throw new InvalidQuery(name, "It must not be empty; leave it out instead.");
              }
            });
  }

  static boolean isNative(@Nullable String path) {
    return path != null && path.startsWith(NATIVE);
  }

  private static Known of(Method method) {
    Set<String> names = new HashSet<>();
    boolean takesAll = false;
    for (Parameter parameter : method.getParameters()) {
      takesAll |= parameter.getType() == UriInfo.class;
      RestQuery declared = parameter.getAnnotation(RestQuery.class);
      if (declared != null) {
        names.add(declared.value().isEmpty() ? parameter.getName() : declared.value());
      }
      QueryParam standard = parameter.getAnnotation(QueryParam.class);
      if (standard != null) {
        names.add(standard.value());
      }
    }
    return new Known(Set.copyOf(names), takesAll);
  }
}
