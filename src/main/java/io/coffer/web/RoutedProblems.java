package io.coffer.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Answers with problems where no resource is reached, or none that answers. */
@ApplicationScoped
class RoutedProblems {

  private final ObjectMapper mapper;

  RoutedProblems(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  /** Ends the response with the problem. */
  void answer(RoutingContext context, Problem problem, String requestId) {
    Duration retry = problem.retryAfter();
    if (retry != null) {
      context.response().putHeader(HttpHeaders.RETRY_AFTER, Long.toString(retry.toSeconds()));
    }
    context
        .response()
        .setStatusCode(problem.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .putHeader(RequestId.HEADER, requestId)
        .end(json(problem));
  }

  private Buffer json(Problem problem) {
    try {
      return Buffer.buffer(mapper.writeValueAsBytes(problem));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a problem is always writable", e);
    }
  }
}
