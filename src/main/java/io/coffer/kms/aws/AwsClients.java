package io.coffer.kms.aws;

import io.coffer.kms.KmsAllowances;
import io.coffer.kms.KmsConfig;
import io.quarkus.runtime.LaunchMode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.kms.KmsAsyncClientBuilder;

/** Builds clients that make one attempt per call, within a deadline, to guarded endpoints only. */
@ApplicationScoped
class AwsClients {

  /** Takes the place of the extension's own client, which would retry and wait without end. */
  @Produces
  @ApplicationScoped
  KmsAsyncClient client(KmsAsyncClientBuilder builder, KmsConfig config, EndpointGuard guard) {
    return build(builder, config.attemptDeadline(), guard);
  }

  void close(@Disposes KmsAsyncClient client) {
    client.close();
  }

  @Produces
  @Singleton
  EndpointGuard guard(KmsAllowances allowances, LaunchMode mode) {
    return new EndpointGuard(mode != LaunchMode.NORMAL || allowances.httpKms());
  }

  /**
   * Completes a builder that has region, credentials and HTTP client.
   *
   * @param deadline how long one call may take
   */
  static KmsAsyncClient build(
      KmsAsyncClientBuilder builder, Duration deadline, EndpointGuard guard) {
    WireLog.silence();
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
