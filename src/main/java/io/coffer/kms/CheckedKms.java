package io.coffer.kms;

import io.coffer.secret.SecretValue;
import io.smallrye.mutiny.Uni;

/**
 * Believes no answer: keys have exactly 256 bits, blobs are neither empty nor endless, and what is
 * said of a key is said of a key of this provider. Adapters check what only they can, above all
 * that the key that answered is the one that was asked for.
 */
final class CheckedKms implements Kms {

  private final Kms delegate;

  CheckedKms(Kms delegate) {
    this.delegate = delegate;
  }

  @Override
  public Uni<GeneratedKey> generate(KeyRef key, KeyContext context) {
    return delegate
        .generate(key, context)
        .invoke(
            answer -> {
              try {
                checkPlaintext(KmsOperation.GENERATE, answer.plaintext());
                checkWrapped(KmsOperation.GENERATE, key, answer.wrapped());
              } catch (KmsFailure failure) {
                answer.close();
                throw failure;
              }
            });
  }

  @Override
  public Uni<WrappedKey> wrap(KeyRef key, SecretValue bytes, KeyContext context) {
    return delegate
        .wrap(key, bytes, context)
        .invoke(answer -> checkWrapped(KmsOperation.WRAP, key, answer));
  }

  @Override
  public Uni<SecretValue> unwrap(KeyRef key, byte[] blob, KeyContext context) {
    if (blob.length == 0 || blob.length > WrappedKey.MAX_BLOB_LENGTH) {
      return Uni.createFrom()
          .failure(() -> new KmsFailure.Corrupt(KmsOperation.UNWRAP, "blob of impossible length"));
    }
    return delegate
        .unwrap(key, blob, context)
        .invoke(answer -> checkPlaintext(KmsOperation.UNWRAP, answer));
  }

  @Override
  public Uni<WrappedKey> rewrap(KeyRef from, byte[] blob, KeyRef to, KeyContext context) {
    if (blob.length == 0 || blob.length > WrappedKey.MAX_BLOB_LENGTH) {
      return Uni.createFrom()
          .failure(() -> new KmsFailure.Corrupt(KmsOperation.REWRAP, "blob of impossible length"));
    }
    return delegate
        .rewrap(from, blob, to, context)
        .invoke(answer -> checkWrapped(KmsOperation.REWRAP, to, answer));
  }

  @Override
  public Uni<KeyDescription> describe(KeyRef key) {
    return delegate
        .describe(key)
        .invoke(answer -> checkProvider(KmsOperation.DESCRIBE, key, answer.key()));
  }

  private static void checkPlaintext(KmsOperation operation, SecretValue plaintext) {
    int length = plaintext.length();
    if (length != GeneratedKey.LENGTH) {
      plaintext.close();
      throw new KmsFailure.Unexpected(operation, "key of " + length + " bytes");
    }
  }

  private static void checkWrapped(KmsOperation operation, KeyRef asked, WrappedKey answer) {
    checkProvider(operation, asked, answer.key());
    int length = answer.blob().length;
    if (length == 0 || length > WrappedKey.MAX_BLOB_LENGTH) {
      throw new KmsFailure.Unexpected(operation, "blob of " + length + " bytes");
    }
  }

  private static void checkProvider(KmsOperation operation, KeyRef asked, KeyRef answered) {
    if (!asked.provider().equals(answered.provider())) {
      throw new KmsFailure.WrongKey(operation, "answer of another provider");
    }
  }
}
