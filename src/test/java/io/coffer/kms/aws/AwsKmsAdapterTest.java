package io.coffer.kms.aws;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.kms.KmsSetupFailure;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.kms.KmsAsyncClientBuilder;

/** What keeps the adapter from opening, with the property to mend. */
class AwsKmsAdapterTest {

  private static final EndpointGuard STRICT = new EndpointGuard(false);

  @AfterEach
  void restore() {
    for (String name : List.of("aws.disableEc2Metadata", "aws.endpointUrlKms")) {
      System.clearProperty(name);
    }
  }

  @Test
  void doesNotOpenWithoutARegion() {
    System.setProperty("aws.disableEc2Metadata", "true");
    assertThatThrownBy(() -> adapter(builder -> builder).open())
        .isInstanceOf(KmsSetupFailure.class)
        .hasMessageStartingWith("quarkus.kms.aws.region: cannot be found");
  }

  @Test
  void doesNotOpenOverPlainHttpThatTheSurroundingsSet() {
    System.setProperty("aws.endpointUrlKms", "http://kms.example.org");
    assertThatThrownBy(() -> adapter(builder -> builder.region(Region.EU_CENTRAL_1)).open())
        .isInstanceOf(KmsSetupFailure.class)
        .hasMessageContaining("http://kms.example.org is not HTTPS")
        .hasMessageContaining("coffer.allow.http-kms=true");
  }

  private static AwsKmsAdapter adapter(UnaryOperator<KmsAsyncClientBuilder> configure) {
    KmsAsyncClientBuilder builder =
        configure.apply(
            KmsAsyncClient.builder().credentialsProvider(AnonymousCredentialsProvider.create()));
    return new AwsKmsAdapter(
        () -> AwsClients.build(builder, Duration.ofSeconds(1), STRICT), STRICT);
  }
}
