package io.coffer.kms.aws;

import io.coffer.kms.Kms;
import io.coffer.kms.KmsAdapter;
import io.coffer.kms.KmsConfig;
import io.coffer.kms.KmsSetupFailure;
import io.quarkus.runtime.LaunchMode;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.kms.KmsAsyncClientBuilder;

/** Opens the AWS provider with the region, credentials and endpoint of {@code quarkus.kms}. */
@ApplicationScoped
class AwsKmsAdapter implements KmsAdapter {

  // Looked up only when AWS is configured: without a region the builder cannot even be made.
  private final Instance<KmsAsyncClientBuilder> builder;
  private final KmsConfig general;
  private final EndpointGuard guard;
  private @Nullable KmsAsyncClient client;

  @Inject
  AwsKmsAdapter(
      Instance<KmsAsyncClientBuilder> builder,
      KmsConfig general,
      AwsKmsConfig config,
      LaunchMode mode) {
    this.builder = builder;
    this.general = general;
    this.guard = new EndpointGuard(mode != LaunchMode.NORMAL || config.allowPlainHttp());
  }

  @Override
  public String provider() {
    return AwsKms.PROVIDER;
  }

  @Override
  public Kms open() {
    KmsAsyncClient built = build();
    client = built;
    built.serviceClientConfiguration().endpointOverride().ifPresent(this::requireAllowed);
    return new AwsKms(built, built.serviceClientConfiguration().region().id());
  }

  private KmsAsyncClient build() {
    try {
      return AwsClients.build(builder.get(), general.attemptDeadline(), guard);
    } catch (SdkClientException e) {
      throw new KmsSetupFailure(
          "quarkus.kms.aws.region",
          "cannot be found",
          "Set it, or AWS_REGION, to the key's region.");
    }
  }

  private void requireAllowed(URI endpoint) {
    try {
      guard.requireAllowed(String.valueOf(endpoint.getScheme()), endpoint.toString());
    } catch (EndpointGuard.Refused refused) {
      throw new KmsSetupFailure(
          "quarkus.kms.endpoint-override",
          refused.getMessage() + " (it may also come from AWS_ENDPOINT_URL_KMS)",
          "Use HTTPS, or set coffer.kms.aws.allow-plain-http=true.");
    }
  }

  @PreDestroy
  void close() {
    KmsAsyncClient open = client;
    if (open != null) {
      open.close();
    }
  }
}
