package io.coffer.kms.aws;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import software.amazon.awssdk.services.kms.KmsAsyncClient;

/** A second opinion on what the server of the tests says of the protocol. */
@EnabledIfSystemProperty(
    named = Moto.ENDPOINT,
    matches = ".+",
    disabledReason = "needs a moto server, which .ci/moto starts")
class MotoProtocolTest extends KmsProtocolContract {

  private static KmsAsyncClient client;

  @BeforeAll
  static void start() {
    client = Moto.client();
  }

  @AfterAll
  static void stop() {
    client.close();
  }

  @Override
  protected KmsAsyncClient client() {
    return client;
  }
}
