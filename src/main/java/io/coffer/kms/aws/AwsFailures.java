package io.coffer.kms.aws;

import io.coffer.kms.KmsFailure;
import io.coffer.kms.KmsOperation;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Reads the SDK's exceptions by error code. Their {@code retryable()} is always false and their
 * messages quote requests, so neither is looked at.
 */
final class AwsFailures {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._:#-]{1,100}");
  private static final String NO_CREDENTIALS = "Unable to load credentials";

  private AwsFailures() {}

  static KmsFailure classify(KmsOperation operation, Throwable failure) {
    Throwable cause = unwrap(failure);
    return switch (cause) {
      case KmsFailure known -> known;
      case EndpointGuard.Refused refused ->
          new KmsFailure.Misconfigured(operation, refused.getMessage());
      case AwsServiceException answered -> byCode(operation, answered);
      case SdkClientException client -> byClient(operation, client);
      default -> new KmsFailure.Unexpected(operation, cause.getClass().getSimpleName());
    };
  }

  private static KmsFailure byCode(KmsOperation operation, AwsServiceException failure) {
    AwsErrorDetails details = failure.awsErrorDetails();
    String code = details == null ? null : details.errorCode();
    String detail = detail(code, failure);
    if (failure.isThrottlingException() || failure.statusCode() == 429) {
      return new KmsFailure.Throttled(operation, detail);
    }
    if (code == null) {
      return failure.statusCode() >= 500
          ? new KmsFailure.Unavailable(operation, detail)
          : new KmsFailure.Unexpected(operation, detail);
    }
    return switch (code) {
      case "InvalidCiphertextException" -> new KmsFailure.Corrupt(operation, detail);
      case "IncorrectKeyException" -> new KmsFailure.WrongKey(operation, detail);
      case "NotFoundException" -> new KmsFailure.UnknownKey(operation, detail);
      case "DisabledException", "KMSInvalidStateException" ->
          new KmsFailure.KeyDisabled(operation, detail);
      case "KeyUnavailableException",
          "DependencyTimeoutException",
          "KMSInternalException",
          "InternalFailure",
          "ServiceUnavailable",
          "ServiceUnavailableException" ->
          new KmsFailure.Unavailable(operation, detail);
      case "LimitExceededException",
          "InvalidKeyUsageException",
          "ValidationException",
          "SerializationException",
          "UnknownOperationException",
          "InvalidArnException" ->
          new KmsFailure.Misconfigured(operation, detail);
      case "AccessDeniedException", "InvalidGrantTokenException" ->
          new KmsFailure.Denied(operation, detail);
      case "ExpiredTokenException",
          "UnrecognizedClientException",
          "InvalidClientTokenId",
          "InvalidSignatureException",
          "IncompleteSignature",
          "MissingAuthenticationToken",
          "MissingAuthenticationTokenException",
          "RequestExpired",
          "RequestTimeTooSkewed" ->
          new KmsFailure.Unauthenticated(operation, detail);
      default -> new KmsFailure.Unexpected(operation, detail);
    };
  }

  private static KmsFailure byClient(KmsOperation operation, SdkClientException failure) {
    String message = failure.getMessage();
    if (message != null && message.startsWith(NO_CREDENTIALS)) {
      return new KmsFailure.Unauthenticated(operation, "no credentials");
    }
    // The classes tell a refused connection from a timeout; the messages name the request.
    StringBuilder classes = new StringBuilder(failure.getClass().getSimpleName());
    Throwable cause = failure.getCause();
    for (int depth = 0; cause != null && depth < 4; depth++) {
      if (cause instanceof KmsFailure || cause instanceof EndpointGuard.Refused) {
        return classify(operation, cause);
      }
      classes.append('/').append(cause.getClass().getSimpleName());
      cause = cause.getCause();
    }
    return new KmsFailure.Unavailable(operation, classes.toString());
  }

  private static String detail(@Nullable String code, AwsServiceException failure) {
    String name = plain(code, "HTTP " + failure.statusCode());
    String request = plain(failure.requestId(), "");
    return request.isEmpty() ? name : name + " (request " + request + ')';
  }

  private static String plain(@Nullable String text, String otherwise) {
    return text != null && PLAIN.matcher(text).matches() ? text : otherwise;
  }

  /** The one place where what futures wrap is unwrapped. */
  private static Throwable unwrap(Throwable failure) {
    Throwable inner = failure;
    while (inner instanceof CompletionException || inner instanceof ExecutionException) {
      Throwable cause = inner.getCause();
      if (cause == null) {
        return inner;
      }
      inner = cause;
    }
    return inner;
  }
}
