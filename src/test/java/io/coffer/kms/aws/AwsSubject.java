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

  /** A client that signs with a secret that is not the right one. */
  static KmsAsyncClient forger(KmsServer server) {
    return client(server.endpoint(), server.region(), Duration.ofSeconds(20), true, "a guess");
  }

  static KmsAsyncClient client(
      URI endpoint, String region, Duration deadline, boolean plainHttpAllowed) {
    return client(endpoint, region, deadline, plainHttpAllowed, KmsServer.SECRET_KEY);
  }

  /** A client with few connections and a short queue for them. */
  static KmsAsyncClient narrow(KmsServer server, Duration deadline, int connections, int queue) {
    return client(
        server.endpoint(),
        server.region(),
        deadline,
        true,
        KmsServer.SECRET_KEY,
        NettyNioAsyncHttpClient.builder()
            .maxConcurrency(connections)
            .maxPendingConnectionAcquires(queue));
  }

  private static KmsAsyncClient client(
      URI endpoint, String region, Duration deadline, boolean plainHttpAllowed, String secret) {
    return client(
        endpoint,
        region,
        deadline,
        plainHttpAllowed,
        secret,
        NettyNioAsyncHttpClient.builder().maxConcurrency(100));
  }

  private static KmsAsyncClient client(
      URI endpoint,
      String region,
      Duration deadline,
      boolean plainHttpAllowed,
      String secret,
      NettyNioAsyncHttpClient.Builder http) {
    return AwsClients.build(
        KmsAsyncClient.builder()
            .region(Region.of(region))
            .endpointOverride(endpoint)
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(KmsServer.ACCESS_KEY, secret)))
            .httpClientBuilder(http),
        deadline,
        new EndpointGuard(plainHttpAllowed));
  }

  public static KeyRef ref(ServerKey key) {
    return new KeyRef(AwsKms.PROVIDER, key.arn());
  }
}
