package io.coffer.kms.aws;

import io.coffer.kms.KeyRef;
import io.coffer.kms.aws.server.KmsServer;
import io.coffer.kms.aws.server.ServerKey;
import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsAsyncClient;

/** Clients as the application builds them, pointed at a server of the tests. */
public final class AwsSubject {

  private AwsSubject() {}

  public static KmsAsyncClient client(KmsServer server, Duration deadline) {
    return client(server.endpoint(), server.region(), deadline, true);
  }

  static KmsAsyncClient client(
      URI endpoint, String region, Duration deadline, boolean plainHttpAllowed) {
    return AwsClients.build(
        KmsAsyncClient.builder()
            .region(Region.of(region))
            .endpointOverride(endpoint)
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(KmsServer.ACCESS_KEY, KmsServer.SECRET_KEY)))
            .httpClientBuilder(NettyNioAsyncHttpClient.builder().maxConcurrency(100)),
        deadline,
        new EndpointGuard(plainHttpAllowed));
  }

  public static KeyRef ref(ServerKey key) {
    return new KeyRef(AwsKms.PROVIDER, key.arn());
  }
}
