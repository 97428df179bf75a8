package io.coffer.kms;

import io.coffer.crypto.UnsealFailure;
import io.coffer.web.Problem;
import io.coffer.web.ProblemType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What clients are told when a value does not open or its data key cannot be had. */
public final class KeyProblems {

  private static final Logger LOG = Logger.getLogger(KeyProblems.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  @ServerExceptionMapper
  public Response key(KeyFailure failure) {
    LOG.warn(failure.getMessage());
    return problem(failure).toResponse();
  }

  @ServerExceptionMapper
  public Response unseal(UnsealFailure failure) {
    LOG.errorf("a stored value does not open (%s): %s", failure.kind(), failure.getMessage());
    return problem(failure).toResponse();
  }

  public static Problem problem(KeyFailure failure) {
    return switch (failure) {
      case KeyFailure.TooStale _ ->
          Problem.of(
                  ProblemType.KEYS_UNAVAILABLE,
                  "The key management service has been out of reach for longer than values may be"
                      + " opened without it.")
              .retryAfter(RETRY_AFTER);
      case KeyFailure.Busy _ ->
          Problem.of(ProblemType.BUSY, "Too many keys are being waited for.")
              .retryAfter(RETRY_AFTER);
      case KeyFailure.StoreUnavailable _ ->
          Problem.of(ProblemType.DATABASE_UNAVAILABLE, null).retryAfter(RETRY_AFTER);
    };
  }

  /** All kinds look alike to a client: which check refused the value helps only who changed it. */
  public static Problem problem(UnsealFailure failure) {
    return switch (failure) {
      case UnsealFailure.WrongLength _,
          UnsealFailure.UnknownFormat _,
          UnsealFailure.WrongDataKey _,
          UnsealFailure.UnknownDataKey _,
          UnsealFailure.ForeignDataKey _,
          UnsealFailure.NotCommitted _,
          UnsealFailure.NotAuthentic _,
          UnsealFailure.UnfitBinding _,
          UnsealFailure.MalformedContent _ ->
          Problem.of(
              ProblemType.UNDECRYPTABLE, "The stored value was changed or belongs elsewhere.");
    };
  }
}
