package io.coffer.web;

import io.quarkus.vertx.http.runtime.RouteConstants;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Objects;

/**
 * Answers every request to the API in time. What a request calls has deadlines of its own; this one
 * holds where those add up, and where something hangs that has none: a client that sends its body
 * byte by byte, a database that takes a connection and then says nothing.
 */
@ApplicationScoped
class RequestDeadline {

  private static final Duration RETRY = Duration.ofSeconds(5);

  private final Duration deadline;
  private final RoutedProblems problems;

  RequestDeadline(HttpConfig config, RoutedProblems problems) {
    this.deadline = config.deadline();
    this.problems = problems;
  }

  void watch(@Observes Router router) {
    router.route("/api/*").order(RouteConstants.ROUTE_ORDER_UPLOAD_LIMIT - 2).handler(this::begin);
  }

  private void begin(RoutingContext context) {
    // The request's own context, which knows its id.
    Context own = Objects.requireNonNull(Vertx.currentContext());
    long timer =
        context
            .vertx()
            .setTimer(deadline.toMillis(), _ -> own.runOnContext(_ -> answerFor(context)));
    context.addEndHandler(_ -> context.vertx().cancelTimer(timer));
    context.next();
  }

  private void answerFor(RoutingContext context) {
    if (context.response().headWritten() || context.response().closed()) {
      return;
    }
    String id = RequestId.current();
    boolean arrived = context.request().isEnded();
    BodyLimit.closeAfterAnswer(context);
    problems.answer(
        context,
        arrived
            ? Problem.of(ProblemType.DEADLINE_EXCEEDED, "No answer within " + seconds())
                .retryAfter(RETRY)
            : Problem.of(ProblemType.REQUEST_TIMEOUT, "It did not arrive within " + seconds()),
        id == null ? RequestId.assign(context.request()) : id);
  }

  private String seconds() {
    return deadline.toMillis() / 1000.0 + " s.";
  }
}
