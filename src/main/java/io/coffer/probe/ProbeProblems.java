package io.coffer.probe;

import io.coffer.web.Problem;
import io.coffer.web.ProblemType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What clients are told when a check is not made. */
public final class ProbeProblems {

  @ServerExceptionMapper
  public Response probe(ProbeFailure failure) {
    return problem(failure).toResponse();
  }

  static Problem problem(ProbeFailure failure) {
    return switch (failure) {
      case ProbeFailure.Busy _ ->
          Problem.of(ProblemType.BUSY, "Too many checks of credentials are waiting.")
              .retryAfter(Duration.ofSeconds(5));
    };
  }
}
