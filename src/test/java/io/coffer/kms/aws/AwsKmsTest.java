package io.coffer.kms.aws;

import io.coffer.kms.KeyRef;
import io.coffer.kms.Kms;
import io.coffer.kms.KmsContract;
import io.coffer.kms.aws.server.KmsServer;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.kms.KmsAsyncClient;

class AwsKmsTest extends KmsContract {

  private static KmsServer server;
  private static KmsAsyncClient client;
  private static Kms kms;
  private static KeyRef key;
  private static KeyRef otherKey;

  @BeforeAll
  static void start() {
    server = KmsServer.start();
    client = AwsSubject.client(server, Duration.ofSeconds(20));
    kms = stacked(AwsKms.PROVIDER, new AwsKms(client, server.region()));
    key = AwsSubject.ref(server.createKey());
    otherKey = AwsSubject.ref(server.createKey());
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  @Override
  protected Kms kms() {
    return kms;
  }

  @Override
  protected KeyRef key() {
    return key;
  }

  @Override
  protected KeyRef otherKey() {
    return otherKey;
  }

  @Override
  protected KeyRef unknownKey() {
    return new KeyRef(AwsKms.PROVIDER, key.keyId().replaceFirst("/.*", "/" + UUID.randomUUID()));
  }
}
