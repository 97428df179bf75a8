package io.coffer.kms.aws;

import io.coffer.kms.Kms;
import io.coffer.kms.KmsAdapter;
import io.coffer.kms.KmsSetupFailure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.kms.KmsServiceClientConfiguration;

/** Opens the AWS provider with the region, credentials and endpoint of {@code quarkus.kms}. */
@ApplicationScoped
class AwsKmsAdapter implements KmsAdapter {

  // Looked up only when AWS is configured: without a region the client cannot even be made.
  private final Supplier<KmsAsyncClient> client;
  private final EndpointGuard guard;

  @Inject
  AwsKmsAdapter(Instance<KmsAsyncClient> client, EndpointGuard guard) {
    this(client::get, guard);
  }

  AwsKmsAdapter(Supplier<KmsAsyncClient> client, EndpointGuard guard) {
    this.client = client;
    this.guard = guard;
  }

  @Override
  public String provider() {
    return AwsKms.PROVIDER;
  }

  @Override
  public Kms open() {
    KmsAsyncClient opened;
    KmsServiceClientConfiguration effective;
    try {
      opened = client.get();
      effective = opened.serviceClientConfiguration();
    } catch (SdkClientException e) {
      throw new KmsSetupFailure(
          "quarkus.kms.aws.region",
          "cannot be found",
          "Set it, or AWS_REGION, to the key's region.");
    }
    effective.endpointOverride().ifPresent(this::requireAllowed);
    return new AwsKms(opened, effective.region().id());
  }

  private void requireAllowed(URI endpoint) {
    try {
      guard.requireAllowed(String.valueOf(endpoint.getScheme()), endpoint.toString());
    } catch (EndpointGuard.Refused refused) {
      throw new KmsSetupFailure(
          "quarkus.kms.endpoint-override",
          refused.getMessage() + " (it may also come from AWS_ENDPOINT_URL_KMS)",
          "Use HTTPS, or set coffer.allow.http-kms=true.");
    }
  }
}
