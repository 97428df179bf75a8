package io.coffer.activity;

import io.coffer.web.Problem;
import io.coffer.web.ProblemType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What clients are told when it cannot be recorded what they do. */
public final class ActivityProblems {

  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration LATER = Duration.ofSeconds(30);

  @ServerExceptionMapper
  public Response activity(ActivityFailure failure) {
    return problem(failure).toResponse();
  }

  /** The one table of this feature's failures. */
  public static Problem problem(ActivityFailure failure) {
    return switch (failure) {
      case ActivityFailure.QueueFull _ -> Problem.of(ProblemType.BUSY, null).retryAfter(SOON);
      case ActivityFailure.TooLate _ ->
          Problem.of(ProblemType.RECORD_UNAVAILABLE, null).retryAfter(SOON);
      case ActivityFailure.NotCommitted _ ->
          Problem.of(ProblemType.RECORD_UNAVAILABLE, null).retryAfter(SOON);
      case ActivityFailure.VerifyBusy _ ->
          Problem.of(ProblemType.BUSY, "A verification is under way.").retryAfter(LATER);
    };
  }
}
