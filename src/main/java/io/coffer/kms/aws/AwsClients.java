package io.coffer.kms.aws;

import java.time.Duration;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.kms.KmsAsyncClientBuilder;

/** Builds clients that make one attempt per call, within a deadline, to guarded endpoints only. */
final class AwsClients {

  private AwsClients() {}

  /**
   * Completes a builder that has region, credentials and HTTP client.
   *
   * @param deadline how long one call may take
   */
  static KmsAsyncClient build(
      KmsAsyncClientBuilder builder, Duration deadline, EndpointGuard guard) {
    ClientOverrideConfiguration override =
        builder.overrideConfiguration().toBuilder()
            .retryStrategy(AwsRetryStrategy.doNotRetry())
            .apiCallTimeout(deadline)
            .apiCallAttemptTimeout(deadline)
            .addExecutionInterceptor(guard)
            .build();
    return builder.overrideConfiguration(override).build();
  }
}
