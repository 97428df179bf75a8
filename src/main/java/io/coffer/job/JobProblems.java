package io.coffer.job;

import io.coffer.web.Problem;
import io.coffer.web.ProblemMember;
import io.coffer.web.ProblemType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What clients are told when a job is not made. */
public final class JobProblems {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  @ServerExceptionMapper
  public Response job(JobFailure failure) {
    return problem(failure).toResponse();
  }

  static Problem problem(JobFailure failure) {
    return switch (failure) {
      case JobFailure.UnderWay underWay ->
          Problem.of(ProblemType.CONFLICT, "Another job of this kind is under way.")
              .with(ProblemMember.JOB, underWay.other());
      case JobFailure.Unfit unfit ->
          Problem.ofFields(
              ProblemType.INVALID_FIELDS,
              "The keys cannot be re-wrapped like this.",
              List.of(new Problem.FieldError(unfit.field(), "unfit", unfit.sentence())));
      case JobFailure.TooMany _ ->
          Problem.of(ProblemType.BUSY, "Too many batches or streams are under way.")
              .retryAfter(RETRY_AFTER);
      case JobFailure.StoreUnavailable _ ->
          Problem.of(ProblemType.DATABASE_UNAVAILABLE, null).retryAfter(RETRY_AFTER);
    };
  }
}
