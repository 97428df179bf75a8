package io.coffer.kms.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.kms.KmsFailure;
import io.coffer.kms.aws.server.KmsServer;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsAsyncClient;

class EndpointGuardTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Test
  void sendsNothingOverPlainHttpUnlessAllowed() {
    try (KmsServer server = KmsServer.start();
        KmsAsyncClient client =
            AwsSubject.client(server.endpoint(), server.region(), PATIENCE, false)) {
      var answer = new AwsKms(client, server.region()).describe(AwsSubject.ref(server.createKey()));
      assertThatThrownBy(() -> answer.await().atMost(PATIENCE))
          .isInstanceOf(KmsFailure.Misconfigured.class)
          .hasMessageContaining("is not HTTPS");
      assertThat(server.calls().count()).isZero();
    }
  }

  /** The environment cannot be set in a test; its twin among the system properties can. */
  @Test
  void seesTheEndpointThatTheSurroundingsSet() {
    System.setProperty("aws.endpointUrlKms", "http://127.0.0.1:1");
    try (KmsAsyncClient client =
        AwsClients.build(
            KmsAsyncClient.builder()
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(AnonymousCredentialsProvider.create()),
            PATIENCE,
            new EndpointGuard(false))) {
      assertThat(client.serviceClientConfiguration().endpointOverride())
          .contains(URI.create("http://127.0.0.1:1"));
    } finally {
      System.clearProperty("aws.endpointUrlKms");
    }
  }
}
