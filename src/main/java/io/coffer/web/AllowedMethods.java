package io.coffer.web;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Which methods a path offers: a 405 has to say so (RFC 9110, section 15.5.6), and the framework's
 * does not.
 */
public final class AllowedMethods {

  private static final Pattern VARIABLE = Pattern.compile("\\{[^}]*}");

  private final List<Offer> offers;

  /** A method and the paths that offer it. */
  private record Offer(String method, Pattern path) {}

  AllowedMethods(BeanManager beans) {
    this.offers =
        beans.getBeans(Object.class, Any.Literal.INSTANCE).stream()
            .map(Bean::getBeanClass)
            .distinct()
            .filter(resource -> resource.isAnnotationPresent(Path.class))
            .flatMap(resource -> offersOf(resource).stream())
            .toList();
  }

  @ServerExceptionMapper
  public Response notAllowed(NotAllowedException failure, UriInfo uri) {
    Set<String> methods = of(uri.getPath());
    String detail = "The path offers " + String.join(", ", methods) + ".";
    return Response.fromResponse(Problem.of(ProblemType.METHOD_NOT_ALLOWED, detail).toResponse())
        .header(HttpHeaders.ALLOW, String.join(", ", methods))
        .build();
  }

  /** The methods that the path offers, sorted; empty if it offers none. */
  Set<String> of(String path) {
    Set<String> methods =
        offers.stream()
            .filter(offer -> offer.path().matcher(path).matches())
            .map(Offer::method)
            .collect(Collectors.toCollection(TreeSet::new));
    if (methods.contains(HttpMethod.GET)) {
      methods.add(HttpMethod.HEAD);
    }
    return methods;
  }

  private static List<Offer> offersOf(Class<?> resource) {
    List<Offer> offers = new ArrayList<>();
    String base = resource.getAnnotation(Path.class).value();
    for (Method method : resource.getMethods()) {
      Path own = method.getAnnotation(Path.class);
      Pattern path = pattern(base + "/" + (own == null ? "" : own.value()));
      Arrays.stream(method.getAnnotations())
          .map(Annotation::annotationType)
          .filter(type -> type.isAnnotationPresent(HttpMethod.class))
          .map(type -> type.getAnnotation(HttpMethod.class).value())
          .forEach(name -> offers.add(new Offer(name, path)));
    }
    return offers;
  }

  private static Pattern pattern(String template) {
    String path = "/" + template.replaceAll("/+", "/").replaceAll("^/|/$", "");
    return Pattern.compile(
        Arrays.stream(VARIABLE.splitWithDelimiters(path, 0))
                .map(part -> part.startsWith("{") ? "[^/]+" : Pattern.quote(part))
                .collect(Collectors.joining())
            + "/?");
  }
}
