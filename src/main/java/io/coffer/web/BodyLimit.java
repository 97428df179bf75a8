package io.coffer.web;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.RouteConstants;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Refuses bodies over {@code quarkus.http.limits.max-body-size} with a problem. The framework alone
 * would answer without a word: to a length that is declared before any resource is asked, to one
 * that only reading shows ({@link BodyLimitReader}) in the middle of it.
 */
@ApplicationScoped
class BodyLimit {

  /** For so long a client that is still sending may go on, so that it comes to read the answer. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** The framework's own count comes in only where no reader of ours does. */
  private static final long MARGIN = 1024L * 1024;

  private final RoutedProblems problems;
  private final long limit;

  BodyLimit(
      RoutedProblems problems,
      @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize limit) {
    this.problems = problems;
    this.limit = limit.asLongValue();
  }

  /** The largest body that is read, in bytes. */
  long bytes() {
    return limit;
  }

  Problem problem() {
    return Problem.of(
        ProblemType.TOO_LARGE, "The body is larger than the limit of " + limit + " bytes.");
  }

  void watch(@Observes Router router) {
    router
        .route()
        .order(RouteConstants.ROUTE_ORDER_UPLOAD_LIMIT - 1)
        .handler(this::refuseWhatIsDeclared);
    router
        .route()
        .order(RouteConstants.ROUTE_ORDER_UPLOAD_LIMIT + 1)
        .handler(this::leaveTheRestToReaders);
  }

  private void refuseWhatIsDeclared(RoutingContext context) {
    String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length == null || !isOver(length)) {
      context.next();
      return;
    }
    String id = RequestId.assign(context.request());
    closeAfterAnswer(context);
    problems.answer(context, problem(), id);
  }

  private boolean isOver(String length) {
    try {
      return Long.parseLong(length) > limit;
    } catch (NumberFormatException e) {
      // HTTP's own decoder lets digits alone through: these are too many for a long.
      return true;
    }
  }

  private void leaveTheRestToReaders(RoutingContext context) {
    if (context.get(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY) != null) {
      context.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, limit + MARGIN);
    }
    context.next();
  }

  /**
   * Ends the connection behind the answer. What still comes is thrown away for a while first: a
   * connection that is closed over unread bytes takes the answer with it.
   */
  static void closeAfterAnswer(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (request.version() == HttpVersion.HTTP_2) {
      context.addEndHandler(sent -> request.response().reset(0));
      return;
    }
    context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    context.addEndHandler(
        sent -> {
          if (request.isEnded()) {
            request.connection().close();
            return;
          }
          long timer =
              context.vertx().setTimer(PATIENCE.toMillis(), late -> request.connection().close());
          request.connection().closeHandler(closed -> context.vertx().cancelTimer(timer));
          request
              .handler(thrownAway -> {})
              .endHandler(all -> request.connection().close())
              .resume();
        });
  }
}
