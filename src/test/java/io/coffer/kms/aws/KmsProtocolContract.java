package io.coffer.kms.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.EncryptResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;
import software.amazon.awssdk.services.kms.model.KmsException;

/** What two independent servers of the protocol must agree on, asked through the SDK itself. */
abstract class KmsProtocolContract {

  protected static final Map<String, String> CONTEXT = Map.of("b", "2", "a", "1");

  /** A client with the right to everything. */
  protected abstract KmsAsyncClient client();

  protected String createKey() {
    return await(client().createKey(_ -> {})).keyMetadata().arn();
  }

  @Test
  void opensWhatItGeneratedWithoutBeingToldTheKey() {
    GenerateDataKeyResponse made = generate(createKey());
    DecryptResponse opened =
        await(
            client()
                .decrypt(
                    request ->
                        request.ciphertextBlob(made.ciphertextBlob()).encryptionContext(CONTEXT)));
    assertThat(opened.plaintext()).isEqualTo(made.plaintext());
    assertThat(opened.keyId()).isEqualTo(made.keyId());
  }

  @Test
  void generatesWithoutPlaintext() {
    String key = createKey();
    SdkBytes blob =
        await(
                client()
                    .generateDataKeyWithoutPlaintext(
                        request -> request.keyId(key).keySpec(DataKeySpec.AES_256)))
            .ciphertextBlob();
    DecryptResponse opened = await(client().decrypt(request -> request.ciphertextBlob(blob)));
    assertThat(opened.plaintext().asByteArray()).hasSize(32);
  }

  @Test
  void comparesTheContextExactlyButNotItsOrder() {
    GenerateDataKeyResponse made = generate(createKey());
    Map<String, String> reordered = new LinkedHashMap<>();
    reordered.put("a", "1");
    reordered.put("b", "2");
    assertThat(decrypt(made, reordered).plaintext()).isEqualTo(made.plaintext());
    for (Map<String, String> other :
        List.of(
            Map.of("a", "1"),
            Map.of("a", "1", "b", "2", "c", "3"),
            Map.of("A", "1", "b", "2"),
            Map.of("a", "2", "b", "1"),
            Map.<String, String>of())) {
      assertThat(code(client().decrypt(request(made, other))))
          .isEqualTo("InvalidCiphertextException");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 32, 4096})
  void encryptsUpToItsLimit(int length) {
    EncryptResponse sealed = await(encrypt(createKey(), length));
    DecryptResponse opened =
        await(client().decrypt(request -> request.ciphertextBlob(sealed.ciphertextBlob())));
    assertThat(opened.plaintext().asByteArray()).isEqualTo(new byte[length]);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4097})
  void encryptsNothingBeyondItsLimits(int length) {
    String key = createKey();
    assertThat(code(encrypt(key, length))).isEqualTo("ValidationException");
  }

  @Test
  void wantsOneWayOfSayingTheLength() {
    String key = createKey();
    assertThat(
            code(
                client()
                    .generateDataKey(
                        request ->
                            request.keyId(key).keySpec(DataKeySpec.AES_256).numberOfBytes(32))))
        .isEqualTo("ValidationException");
  }

  @Test
  void knowsAKeyByItsAlias() {
    String key = createKey();
    String alias = "alias/" + UUID.randomUUID();
    await(client().createAlias(request -> request.aliasName(alias).targetKeyId(key)));
    assertThat(await(client().describeKey(request -> request.keyId(alias))).keyMetadata().arn())
        .isEqualTo(key);
    assertThat(generate(alias).keyId()).isEqualTo(key);
    assertThat(code(client().createAlias(request -> request.aliasName(alias).targetKeyId(key))))
        .isEqualTo("AlreadyExistsException");
  }

  @ParameterizedTest
  @ValueSource(strings = {"alias/nobody", "9f7c2f3e-0000-4000-8000-000000000000", "no key"})
  void knowsNoOtherKeys(String name) {
    assertThat(code(client().describeKey(request -> request.keyId(name))))
        .isEqualTo("NotFoundException");
  }

  @Test
  void opensOldBlobsAfterARotation() {
    String key = createKey();
    GenerateDataKeyResponse before = generate(key);
    await(client().rotateKeyOnDemand(request -> request.keyId(key)));
    GenerateDataKeyResponse after = generate(key);
    assertThat(after.keyId()).isEqualTo(before.keyId());
    assertThat(decrypt(before, CONTEXT).plaintext()).isEqualTo(before.plaintext());
    assertThat(decrypt(after, CONTEXT).plaintext()).isEqualTo(after.plaintext());
    assertThat(await(client().listKeyRotations(request -> request.keyId(key))).rotations())
        .hasSize(1);
  }

  @Test
  void reEncryptsUnderAnotherKeyAndContext() {
    GenerateDataKeyResponse made = generate(createKey());
    String target = createKey();
    Map<String, String> next = Map.of("c", "3");
    var moved =
        await(
            client()
                .reEncrypt(
                    request ->
                        request
                            .ciphertextBlob(made.ciphertextBlob())
                            .sourceEncryptionContext(CONTEXT)
                            .destinationKeyId(target)
                            .destinationEncryptionContext(next)));
    assertThat(moved.sourceKeyId()).isEqualTo(made.keyId());
    assertThat(moved.keyId()).isEqualTo(target);
    DecryptResponse opened =
        await(
            client()
                .decrypt(
                    request ->
                        request
                            .keyId(target)
                            .ciphertextBlob(moved.ciphertextBlob())
                            .encryptionContext(next)));
    assertThat(opened.plaintext()).isEqualTo(made.plaintext());
  }

  protected GenerateDataKeyResponse generate(String key) {
    return await(
        client()
            .generateDataKey(
                request ->
                    request.keyId(key).keySpec(DataKeySpec.AES_256).encryptionContext(CONTEXT)));
  }

  protected DecryptResponse decrypt(GenerateDataKeyResponse made, Map<String, String> context) {
    return await(client().decrypt(request(made, context)));
  }

  private static DecryptRequest request(GenerateDataKeyResponse made, Map<String, String> context) {
    return DecryptRequest.builder()
        .keyId(made.keyId())
        .ciphertextBlob(made.ciphertextBlob())
        .encryptionContext(context)
        .build();
  }

  private CompletableFuture<EncryptResponse> encrypt(String key, int length) {
    SdkBytes plaintext = SdkBytes.fromByteArray(new byte[length]);
    return client().encrypt(request -> request.keyId(key).plaintext(plaintext));
  }

  /** The error code that a call ends with. */
  protected static String code(CompletableFuture<?> call) {
    KmsException failure =
        call.handle(
                (_, thrown) ->
                    thrown instanceof CompletionException wrapped ? wrapped.getCause() : thrown)
            .thenApply(thrown -> thrown instanceof KmsException known ? known : null)
            .orTimeout(20, TimeUnit.SECONDS)
            .join();
    return failure == null ? "no error of the service" : failure.awsErrorDetails().errorCode();
  }

  @CanIgnoreReturnValue
  protected static <T> T await(CompletableFuture<T> call) {
    return call.orTimeout(20, TimeUnit.SECONDS).join();
  }
}
