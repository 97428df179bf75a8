package io.coffer.kms;

import io.coffer.web.Problem;
import io.coffer.web.ProblemType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What clients are told when keys cannot be had: fixed texts, nothing of the provider's. */
public final class KmsProblems {

  private static final Logger LOG = Logger.getLogger(KmsProblems.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  @ServerExceptionMapper
  public Response kms(KmsFailure failure) {
    LOG.warn(failure.getMessage());
    return problem(failure).toResponse();
  }

  public static Problem problem(KmsFailure failure) {
    return switch (failure) {
      case KmsFailure.Unavailable _, KmsFailure.Throttled _ ->
          Problem.of(ProblemType.KEYS_UNAVAILABLE, "Try again shortly.").retryAfter(RETRY_AFTER);
      case KmsFailure.KeyDisabled _ ->
          Problem.of(ProblemType.KEY_DISABLED, "An operator must enable the key.");
      case KmsFailure.Corrupt _, KmsFailure.WrongKey _ ->
          Problem.of(ProblemType.UNDECRYPTABLE, "The data key does not open.");
      case KmsFailure.UnknownKey _,
          KmsFailure.Misconfigured _,
          KmsFailure.Denied _,
          KmsFailure.Unauthenticated _,
          KmsFailure.Unexpected _ ->
          Problem.of(ProblemType.KEYS_REFUSED, "An operator must mend the set-up.");
    };
  }
}
