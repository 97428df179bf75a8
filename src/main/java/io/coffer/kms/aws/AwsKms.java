package io.coffer.kms.aws;

import io.coffer.kms.GeneratedKey;
import io.coffer.kms.KeyContext;
import io.coffer.kms.KeyDescription;
import io.coffer.kms.KeyRef;
import io.coffer.kms.Kms;
import io.coffer.kms.KmsFailure;
import io.coffer.kms.KmsOperation;
import io.coffer.kms.WrappedKey;
import io.coffer.secret.SecretValue;
import io.smallrye.mutiny.Uni;
import java.util.Arrays;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.kms.model.DescribeKeyResponse;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeyUsageType;

/**
 * Speaks to AWS KMS. Every request names the key and the context; every answer must name the key
 * that was asked for, since a redirected or faulty service would otherwise be believed.
 */
final class AwsKms implements Kms {

  static final String PROVIDER = "aws";

  private final KmsAsyncClient client;
  private final String region;

  AwsKms(KmsAsyncClient client, String region) {
    this.client = client;
    this.region = region;
  }

  @Override
  public Uni<GeneratedKey> generate(KeyRef key, KeyContext context) {
    KmsOperation operation = KmsOperation.GENERATE;
    return call(
        operation,
        () ->
            client.generateDataKey(
                request ->
                    request
                        .keyId(name(key))
                        .keySpec(DataKeySpec.AES_256)
                        .encryptionContext(context.asMap())),
        answer -> {
          SecretValue plaintext = plaintext(operation, answer.plaintext());
          try {
            KeyRef answered = answered(operation, key, answer.keyId());
            byte[] blob = blob(operation, answer.ciphertextBlob());
            return new GeneratedKey(plaintext, new WrappedKey(answered, blob));
          } catch (KmsFailure failure) {
            plaintext.close();
            throw failure;
          }
        });
  }

  @Override
  public Uni<WrappedKey> wrap(KeyRef key, SecretValue bytes, KeyContext context) {
    KmsOperation operation = KmsOperation.WRAP;
    return Uni.createFrom()
        .deferred(
            () -> {
              byte[] clear = bytes.revealBytes();
              return call(
                      operation,
                      () ->
                          client.encrypt(
                              request ->
                                  request
                                      .keyId(name(key))
                                      .plaintext(SdkBytes.fromByteArrayUnsafe(clear))
                                      .encryptionContext(context.asMap())),
                      answer ->
                          new WrappedKey(
                              answered(operation, key, answer.keyId()),
                              blob(operation, answer.ciphertextBlob())))
                  .onTermination()
                  .invoke(() -> Arrays.fill(clear, (byte) 0));
            });
  }

  @Override
  public Uni<SecretValue> unwrap(KeyRef key, byte[] blob, KeyContext context) {
    KmsOperation operation = KmsOperation.UNWRAP;
    return call(
        operation,
        () ->
            client.decrypt(
                request ->
                    request
                        .keyId(name(key))
                        .ciphertextBlob(SdkBytes.fromByteArray(blob))
                        .encryptionContext(context.asMap())),
        answer -> {
          SecretValue plaintext = plaintext(operation, answer.plaintext());
          try {
            KeyRef _ = answered(operation, key, answer.keyId());
            return plaintext;
          } catch (KmsFailure failure) {
            plaintext.close();
            throw failure;
          }
        });
  }

  @Override
  public Uni<WrappedKey> rewrap(KeyRef from, byte[] blob, KeyRef to, KeyContext context) {
    KmsOperation operation = KmsOperation.REWRAP;
    return call(
        operation,
        () ->
            client.reEncrypt(
                request ->
                    request
                        .sourceKeyId(name(from))
                        .ciphertextBlob(SdkBytes.fromByteArray(blob))
                        .sourceEncryptionContext(context.asMap())
                        .destinationKeyId(name(to))
                        .destinationEncryptionContext(context.asMap())),
        answer -> {
          KeyRef _ = answered(operation, from, answer.sourceKeyId());
          return new WrappedKey(
              answered(operation, to, answer.keyId()), blob(operation, answer.ciphertextBlob()));
        });
  }

  @Override
  public Uni<KeyDescription> describe(KeyRef key) {
    KmsOperation operation = KmsOperation.DESCRIBE;
    return call(
        operation,
        () -> client.describeKey(request -> request.keyId(name(key))),
        (DescribeKeyResponse answer) -> {
          KeyMetadata metadata = answer.keyMetadata();
          if (metadata == null) {
            throw new KmsFailure.Unexpected(operation, "no description in the answer");
          }
          return new KeyDescription(answered(operation, key, metadata.arn()), state(metadata));
        });
  }

  private static KeyDescription.State state(KeyMetadata metadata) {
    if (metadata.keyUsage() != KeyUsageType.ENCRYPT_DECRYPT) {
      return KeyDescription.State.UNSUITABLE;
    }
    return switch (metadata.keyState()) {
      // While a multi-region key is updated, it still works.
      case ENABLED, UPDATING -> KeyDescription.State.ENABLED;
      case null, default -> KeyDescription.State.DISABLED;
    };
  }

  private String name(KeyRef key) {
    return AwsKeyId.in(region, key.keyId());
  }

  private static KeyRef answered(KmsOperation operation, KeyRef asked, @Nullable String arn) {
    if (arn == null) {
      throw new KmsFailure.Unexpected(operation, "no key id in the answer");
    }
    if (!AwsKeyId.answers(asked.keyId(), arn)) {
      throw new KmsFailure.WrongKey(operation, "another key answered");
    }
    return new KeyRef(PROVIDER, arn);
  }

  private static SecretValue plaintext(KmsOperation operation, @Nullable SdkBytes bytes) {
    if (bytes == null) {
      throw new KmsFailure.Unexpected(operation, "no plaintext in the answer");
    }
    // The SDK's own array, so that closing the value wipes the only copy that can be reached.
    return SecretValue.takeOwnershipOf(bytes.asByteArrayUnsafe());
  }

  private static byte[] blob(KmsOperation operation, @Nullable SdkBytes bytes) {
    if (bytes == null) {
      throw new KmsFailure.Unexpected(operation, "no blob in the answer");
    }
    return bytes.asByteArray();
  }

  private static <A, T> Uni<T> call(
      KmsOperation operation, Supplier<CompletionStage<A>> request, Function<A, T> read) {
    return Uni.createFrom()
        .completionStage(request::get)
        .map(read)
        .onFailure()
        .transform(failure -> AwsFailures.classify(operation, failure));
  }
}
