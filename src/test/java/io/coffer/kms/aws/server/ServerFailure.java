package io.coffer.kms.aws.server;

import java.util.Map;

/** An error answer. */
final class ServerFailure extends RuntimeException {

  private static final Map<String, Integer> STATUS =
      Map.ofEntries(
          Map.entry("DisabledException", 409),
          Map.entry("KMSInvalidStateException", 409),
          Map.entry("AlreadyExistsException", 409),
          Map.entry("DryRunOperationException", 412),
          Map.entry("KeyUnavailableException", 500),
          Map.entry("KMSInternalException", 500),
          Map.entry("InternalFailure", 500),
          Map.entry("DependencyTimeoutException", 503),
          Map.entry("ServiceUnavailable", 503),
          Map.entry("RequestExpired", 403));

  private final String code;

  ServerFailure(String code, String message) {
    super(message);
    this.code = code;
  }

  static ServerFailure validation(String message) {
    return new ServerFailure("ValidationException", message);
  }

  static ServerFailure notFound(String keyId) {
    return new ServerFailure("NotFoundException", "Key '" + keyId + "' does not exist");
  }

  String code() {
    return code;
  }

  int status() {
    return STATUS.getOrDefault(code, 400);
  }
}
