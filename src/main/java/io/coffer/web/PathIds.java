package io.coffer.web;

import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Says which part of a path should be an id and is none. The framework would answer as if there
 * were no such path, and whoever put a name there would not know why.
 */
public final class PathIds {

  private static final Pattern ID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  /** By method, of which there is a fixed number. */
  private final Map<Method, List<String>> known = new ConcurrentHashMap<>();

  /** A part of the path is no id. */
  static final class NoId extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String parameter;

    NoId(String parameter) {
      super("a part of the path is no id", null, false, false);
      this.parameter = parameter;
    }

    /** The part as the API's document calls it. */
    String parameter() {
      return parameter;
    }
  }

  /** Throws {@link NoId} with the first part that is none. */
  @ServerRequestFilter
  public void refuseOthers(ResourceInfo resource, UriInfo uri) {
    Method method = resource.getResourceMethod();
    if (method == null || !KnownParameters.isNative(uri.getPath())) {
      return;
    }
    for (String name : known.computeIfAbsent(method, PathIds::namesOf)) {
      String sent = uri.getPathParameters().getFirst(name);
      if (sent != null && !ID.matcher(sent).matches()) {
        throw new NoId(name);
      }
    }
  }

  private static List<String> namesOf(Method method) {
    return Arrays.stream(method.getParameters())
        .filter(parameter -> parameter.getType() == UUID.class)
        .filter(parameter -> parameter.isAnnotationPresent(RestPath.class))
        .map(PathIds::nameOf)
        .toList();
  }

  private static String nameOf(Parameter parameter) {
    String named = parameter.getAnnotation(RestPath.class).value();
    return named.isEmpty() ? parameter.getName() : named;
  }
}
