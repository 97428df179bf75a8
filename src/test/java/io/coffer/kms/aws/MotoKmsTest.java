package io.coffer.kms.aws;

import io.coffer.kms.KeyRef;
import io.coffer.kms.Kms;
import io.coffer.kms.KmsContract;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.kms.model.KeyUsageType;

/** The adapter on moto, which differs from the service in ways that are listed here. */
@EnabledIfSystemProperty(
    named = Moto.ENDPOINT,
    matches = ".+",
    disabledReason = "needs a moto server, which .ci/moto starts")
class MotoKmsTest extends KmsContract {

  private static KmsAsyncClient client;
  private static Kms kms;
  private static KeyRef key;
  private static KeyRef otherKey;

  @BeforeAll
  static void start() {
    client = Moto.client();
    kms = stacked(AwsKms.PROVIDER, new AwsKms(client, "eu-central-1"));
    key = createKey();
    otherKey = createKey();
  }

  @AfterAll
  static void stop() {
    client.close();
  }

  @Override
  protected Set<Difference> differences() {
    return Set.of(
        Difference.WRONG_KEY_READS_AS_DENIED,
        Difference.DAMAGED_HEAD_READS_AS_DENIED,
        Difference.REWRAP_IGNORES_THE_SOURCE_KEY);
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

  /** The usage is said because moto describes no key by the default that it creates it with. */
  private static KeyRef createKey() {
    return new KeyRef(
        AwsKms.PROVIDER,
        client
            .createKey(request -> request.keyUsage(KeyUsageType.ENCRYPT_DECRYPT))
            .join()
            .keyMetadata()
            .arn());
  }
}
