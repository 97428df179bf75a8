package io.coffer.kms.aws.server;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** What is denied: by access key, by operation, or for want of a part of the context. */
public final class Permissions {

  private record Attempt(String accessKey, String operation, Map<String, String> context) {}

  /** Operations that carry an encryption context, so that a policy can demand a part of it. */
  private static final Set<String> WITH_CONTEXT =
      Set.of(
          "Encrypt", "Decrypt", "ReEncrypt", "GenerateDataKey", "GenerateDataKeyWithoutPlaintext");

  private final CopyOnWriteArrayList<Predicate<Attempt>> denials = new CopyOnWriteArrayList<>();

  public void deny(String accessKey, String operation) {
    denials.add(
        attempt -> attempt.accessKey().equals(accessKey) && attempt.operation().equals(operation));
  }

  public void demandContext(String name) {
    denials.add(
        attempt ->
            WITH_CONTEXT.contains(attempt.operation()) && !attempt.context().containsKey(name));
  }

  public void clear() {
    denials.clear();
  }

  void require(String accessKey, String operation, String arn, Map<String, String> context) {
    Attempt attempt = new Attempt(accessKey, operation, context);
    if (denials.stream().anyMatch(denial -> denial.test(attempt))) {
      throw new ServerFailure(
          "AccessDeniedException", "not authorized to perform kms:" + operation + " on " + arn);
    }
  }
}
