package io.coffer.kms.aws;

import io.coffer.kms.aws.server.KmsServer;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import software.amazon.awssdk.services.kms.KmsAsyncClient;

/** Where a moto server listens, if there is one. */
final class Moto {

  /** The system property that holds its address. */
  static final String ENDPOINT = "coffer.test.moto-endpoint";

  private Moto() {}

  static KmsAsyncClient client() {
    URI endpoint = URI.create(Objects.requireNonNull(System.getProperty(ENDPOINT)));
    return AwsSubject.client(endpoint, KmsServer.REGION, Duration.ofSeconds(20), true);
  }
}
