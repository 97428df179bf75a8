package io.coffer.web;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Refuses requests whose line, host or headers are wrong, before anything reads them: what the
 * framework does with a bad host it logs as a failure of its own, and an over-long line or header
 * it answers without a word. For that its own limits stand further out than these.
 */
@ApplicationScoped
class RequestHead {

  /** Before all routes, those of the framework included. */
  private static final int FIRST = Integer.MIN_VALUE + 1;

  /** RFC 9112, section 3.2, without what no host on a network is called. */
  private static final Pattern HOST =
      Pattern.compile("(?:[A-Za-z0-9._~-]{1,255}|\\[[0-9A-Fa-f:.]{2,45}])(?::(\\d{0,5}))?");

  private static final int MAX_PORT = 65_535;

  /** What stands between and behind the parts of a line. */
  private static final int SEPARATORS = 4;

  private final long maxLine;
  private final long maxHeaders;
  private final RoutedProblems problems;

  RequestHead(HttpConfig config, RoutedProblems problems) {
    this.maxLine = config.maxRequestLine().asLongValue();
    this.maxHeaders = config.maxHeaders().asLongValue();
    this.problems = problems;
  }

  void watch(@Observes Router router) {
    // A request without a host that the router can read comes as one that has failed already.
    router.route().order(FIRST).handler(this::check).failureHandler(this::check);
  }

  private void check(RoutingContext context) {
    if (context.response().headWritten()) {
      context.next();
      return;
    }
    Optional<Problem> problem = problem(context.request());
    if (problem.isEmpty()) {
      context.next();
      return;
    }
    String id = RequestId.assign(context.request());
    BodyLimit.closeAfterAnswer(context);
    problems.answer(context, problem.get(), id);
  }

  private Optional<Problem> problem(HttpServerRequest request) {
    if (lengthOfLine(request) > maxLine) {
      return Optional.of(
          Problem.of(
              ProblemType.URI_TOO_LONG,
              "The request line is longer than the limit of " + maxLine + " bytes."));
    }
    if (lengthOfHeaders(request) > maxHeaders) {
      return Optional.of(
          Problem.of(
              ProblemType.HEADERS_TOO_LARGE,
              "The headers are larger than the limit of " + maxHeaders + " bytes together."));
    }
    return hasGoodHost(request) ? Optional.empty() : Optional.of(badHost());
  }

  private static Problem badHost() {
    Problem.FieldError error =
        new Problem.FieldError("Host", "header", "It must be one host, with a port or without.");
    return Problem.ofFields(
        ProblemType.MALFORMED_REQUEST, "A header of the request is not valid.", List.of(error));
  }

  private static boolean hasGoodHost(HttpServerRequest request) {
    List<String> hosts = request.headers().getAll(HttpHeaders.HOST);
    return switch (request.version()) {
      case HTTP_1_0 -> hosts.isEmpty() || isOneHost(hosts);
      case HTTP_1_1 ->
          isOneHost(hosts) && request.authority() != null && isAsInLine(request, hosts.getFirst());
      // There the authority stands in a header of another kind.
      case HTTP_2 -> request.authority() != null && isHost(request.authority().toString());
    };
  }

  /**
   * A line with a whole address names the host a second time. Some parts read the one, some the
   * other, so that they must agree (RFC 9112, section 3.2.2).
   */
  private static boolean isAsInLine(HttpServerRequest request, String host) {
    String target = request.uri();
    int scheme = target.indexOf("://");
    if (target.startsWith("/") || scheme < 0) {
      return true;
    }
    int end = scheme + 3;
    while (end < target.length() && "/?#".indexOf(target.charAt(end)) < 0) {
      end++;
    }
    return target.substring(scheme + 3, end).equalsIgnoreCase(host);
  }

  private static boolean isOneHost(List<String> hosts) {
    return hosts.size() == 1 && isHost(hosts.getFirst());
  }

  private static boolean isHost(String text) {
    Matcher matcher = HOST.matcher(text);
    if (!matcher.matches() || (text.startsWith("[") && !isReadable(text))) {
      return false;
    }
    String port = matcher.group(1);
    return port == null || port.isEmpty() || Integer.parseInt(port) <= MAX_PORT;
  }

  /** Between brackets an address looks much like what is none, of which no URL could be made. */
  private static boolean isReadable(String host) {
    try {
      return new URI("http://" + host).getHost() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static long lengthOfLine(HttpServerRequest request) {
    return (long) request.method().name().length()
        + request.uri().length()
        + HttpVersion.HTTP_1_1.alpnName().length()
        + SEPARATORS;
  }

  private static long lengthOfHeaders(HttpServerRequest request) {
    long length = 0;
    for (Map.Entry<String, String> header : request.headers()) {
      length += header.getKey().length() + header.getValue().length() + SEPARATORS;
    }
    return length;
  }
}
