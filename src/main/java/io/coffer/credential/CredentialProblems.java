package io.coffer.credential;

import io.coffer.web.Problem;
import io.coffer.web.ProblemMember;
import io.coffer.web.ProblemType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.UUID;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** What clients are told when something is wrong with a credential. */
public final class CredentialProblems {

  @ServerExceptionMapper
  public Response credential(CredentialFailure failure) {
    return problem(failure).toResponse();
  }

  @ServerExceptionMapper
  public Response outrun(CredentialWriter.Outrun failure) {
    return Problem.of(ProblemType.BUSY, "Others keep changing the same credential.")
        .retryAfter(Duration.ofSeconds(1))
        .toResponse();
  }

  /** The one table of this feature's failures. */
  public static Problem problem(CredentialFailure failure) {
    return switch (failure) {
      case CredentialFailure.NameTaken taken -> nameTaken(taken.other());
      case CredentialFailure.Ambiguous ambiguous ->
          Problem.of(ProblemType.AMBIGUOUS, "Name one of these credentials by its id.")
              .with(ProblemMember.CREDENTIALS, ambiguous.candidates());
      case CredentialFailure.RevisionMismatch mismatch ->
          Problem.of(ProblemType.REVISION_MISMATCH, "Read the credential again.")
              .with(ProblemMember.REVISION, mismatch.current());
      case CredentialFailure.Refused refused ->
          Problem.of(ProblemType.CONFLICT, refused.getMessage());
      case CredentialFailure.IdempotencyKeyReused _ ->
          Problem.of(ProblemType.IDEMPOTENCY_KEY_REUSED, "Use a new key for another request.");
      case CredentialFailure.IdempotentPurged purged ->
          Problem.of(
                  ProblemType.IDEMPOTENT_CREATE_PURGED,
                  "The credential that this key made was purged. Use a new key to make another.")
              .with(ProblemMember.CREDENTIAL, purged.purged());
      case CredentialFailure.IdempotentDeleted deleted ->
          Problem.of(
                  ProblemType.IDEMPOTENT_CREATE_DELETED,
                  "The credential that this key made was deleted. Restore it, or use a new key to"
                      + " make another.")
              .with(ProblemMember.CREDENTIAL, deleted.deleted());
      case CredentialFailure.Busy _ ->
          Problem.of(ProblemType.BUSY, "Too many values wait to be encrypted.")
              .retryAfter(Duration.ofSeconds(1));
      case CredentialFailure.ValueRefused refused ->
          Problem.of(
                  ProblemType.VALUE_REFUSED,
                  "Whoever the value is for does not accept it. Nothing was changed.")
              .with(ProblemMember.VERDICT, "invalid")
              .with(ProblemMember.REASON, refused.reason());
      case CredentialFailure.InvalidRequest invalid ->
          Problem.ofFields(
              ProblemType.INVALID_FIELDS,
              "Members of the request are not valid.",
              invalid.violations().stream()
                  .map(v -> new Problem.FieldError(v.member(), v.rule(), v.message()))
                  .toList());
    };
  }

  private static Problem nameTaken(@Nullable UUID other) {
    Problem problem =
        Problem.of(
            ProblemType.NAME_TAKEN, "Another credential of this type and owner has the name.");
    return other == null ? problem : problem.with(ProblemMember.CREDENTIAL, other);
  }
}
