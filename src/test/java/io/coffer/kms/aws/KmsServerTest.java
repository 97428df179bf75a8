package io.coffer.kms.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.kms.aws.server.KmsServer;
import io.coffer.kms.aws.server.ServerKey;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;
import software.amazon.awssdk.services.kms.model.KeyState;

/** What AWS documents and other stand-ins do not show: states, permissions, signatures, keys. */
class KmsServerTest extends KmsProtocolContract {

  private static KmsServer server;
  private static KmsAsyncClient client;

  @BeforeAll
  static void start() {
    server = KmsServer.start();
    client = AwsSubject.client(server, Duration.ofSeconds(20));
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  @Override
  protected KmsAsyncClient client() {
    return client;
  }

  @ParameterizedTest
  @CsvSource({
    "Disabled, DisabledException",
    "PendingDeletion, KMSInvalidStateException",
    "PendingImport, KMSInvalidStateException",
    "Unavailable, KMSInvalidStateException"
  })
  void usesNoKeyInABadState(ServerKey.State state, String code) {
    ServerKey key = server.createKey();
    GenerateDataKeyResponse made = generate(key.arn());
    key.become(state);
    SdkBytes bytes = SdkBytes.fromByteArray(new byte[32]);
    assertThat(code(client.decrypt(r -> r.ciphertextBlob(made.ciphertextBlob())))).isEqualTo(code);
    assertThat(code(client.encrypt(r -> r.keyId(key.id()).plaintext(bytes)))).isEqualTo(code);
    assertThat(code(client.generateDataKey(r -> r.keyId(key.id()).numberOfBytes(32))))
        .isEqualTo(code);
    assertThat(await(client.describeKey(r -> r.keyId(key.id()))).keyMetadata().keyStateAsString())
        .isEqualTo(state.name());
  }

  @Test
  void bringsBackADisabledKey() {
    String key = createKey();
    await(client.disableKey(r -> r.keyId(key)));
    assertThat(code(client.generateDataKey(r -> r.keyId(key).numberOfBytes(32))))
        .isEqualTo("DisabledException");
    await(client.enableKey(r -> r.keyId(key)));
    assertThat(generate(key).keyId()).isEqualTo(key);
  }

  @Test
  void deletesOnlyOnceAndLeavesACancelledKeyDisabled() {
    String key = createKey();
    await(client.scheduleKeyDeletion(r -> r.keyId(key).pendingWindowInDays(7)));
    assertThat(code(client.scheduleKeyDeletion(r -> r.keyId(key))))
        .isEqualTo("KMSInvalidStateException");
    await(client.cancelKeyDeletion(r -> r.keyId(key)));
    assertThat(await(client.describeKey(r -> r.keyId(key))).keyMetadata().keyState())
        .isEqualTo(KeyState.DISABLED);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 6, 31})
  void deletesNothingInAHurry(int days) {
    String key = createKey();
    assertThat(code(client.scheduleKeyDeletion(r -> r.keyId(key).pendingWindowInDays(days))))
        .isEqualTo("ValidationException");
  }

  @Test
  void tellsAnotherKeysBlobFromADamagedOne() {
    GenerateDataKeyResponse made = generate(createKey());
    String other = createKey();
    assertThat(code(client.decrypt(r -> r.keyId(other).ciphertextBlob(made.ciphertextBlob()))))
        .isEqualTo("IncorrectKeyException");
    assertThat(
            code(
                client.reEncrypt(
                    r ->
                        r.sourceKeyId(other)
                            .ciphertextBlob(made.ciphertextBlob())
                            .sourceEncryptionContext(CONTEXT)
                            .destinationKeyId(other))))
        .isEqualTo("IncorrectKeyException");
  }

  @Test
  void tellsOtherRegionsFromOtherAccounts() {
    String key = createKey();
    String away = key.replace(server.region(), "us-east-1");
    String foreign = key.replace("111122223333", "444455556666");
    assertThat(code(client.describeKey(r -> r.keyId(away)))).isEqualTo("NotFoundException");
    assertThat(code(client.describeKey(r -> r.keyId(foreign)))).isEqualTo("AccessDeniedException");
  }

  @Test
  void answersADryRunWithItsOwnError() {
    String key = createKey();
    assertThat(
            code(
                client.generateDataKey(
                    r -> r.keyId(key).keySpec(DataKeySpec.AES_256).dryRun(true))))
        .isEqualTo("DryRunOperationException");
  }

  @Test
  void keepsItsOwnAliasesAndKnowsNoGrants() {
    String key = createKey();
    assertThat(code(client.createAlias(r -> r.aliasName("alias/aws/x").targetKeyId(key))))
        .isEqualTo("InvalidAliasNameException");
    assertThat(code(client.generateDataKey(r -> r.keyId(key).numberOfBytes(32).grantTokens("x"))))
        .isEqualTo("InvalidGrantTokenException");
  }

  @Test
  void saysWhichMaterialWasUsed() {
    String key = createKey();
    GenerateDataKeyResponse before = generate(key);
    await(client.rotateKeyOnDemand(r -> r.keyId(key)));
    GenerateDataKeyResponse after = generate(key);
    assertThat(before.keyMaterialId()).hasSize(64).isNotEqualTo(after.keyMaterialId());
    assertThat(decrypt(before, CONTEXT).keyMaterialId()).isEqualTo(before.keyMaterialId());
  }

  @Test
  void givesRandomBytes() {
    assertThat(await(client.generateRandom(r -> r.numberOfBytes(24))).plaintext().asByteArray())
        .hasSize(24);
  }

  @Test
  void refusesASignatureByAnotherSecret() {
    try (KmsAsyncClient forger = AwsSubject.forger(server)) {
      assertThat(code(forger.describeKey(r -> r.keyId("any"))))
          .isEqualTo("InvalidSignatureException");
    }
  }

  @Test
  void answersNothingElse() throws Exception {
    Map<String, String> good =
        Map.of(
            "Content-Type", "application/x-amz-json-1.1", "X-Amz-Target", "TrentService.Decrypt");
    assertThat(post("/", good)).contains("MissingAuthenticationToken");
    assertThat(post("/keys", good)).contains("UnknownOperationException");
    assertThat(post("/", Map.of("X-Amz-Target", "TrentService.Decrypt")))
        .contains("UnknownOperationException");
    assertThat(post("/", Map.of("Content-Type", "application/x-amz-json-1.1")))
        .contains("UnknownOperationException");
  }

  private static String post(String path, Map<String, String> headers)
      throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(server.endpoint().resolve(path))
              .POST(HttpRequest.BodyPublishers.ofString("{}"));
      headers.forEach(request::header);
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
    }
  }
}
