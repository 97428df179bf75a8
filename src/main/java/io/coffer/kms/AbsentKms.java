package io.coffer.kms;

import io.coffer.secret.SecretValue;
import io.smallrye.mutiny.Uni;

/** Stands for a provider that is not configured here: every call fails and says so. */
enum AbsentKms implements Kms {
  INSTANCE;

  @Override
  public Uni<GeneratedKey> generate(KeyRef key, KeyContext context) {
    return absent(KmsOperation.GENERATE);
  }

  @Override
  public Uni<WrappedKey> wrap(KeyRef key, SecretValue bytes, KeyContext context) {
    return absent(KmsOperation.WRAP);
  }

  @Override
  public Uni<SecretValue> unwrap(KeyRef key, byte[] blob, KeyContext context) {
    return absent(KmsOperation.UNWRAP);
  }

  @Override
  public Uni<WrappedKey> rewrap(KeyRef from, byte[] blob, KeyRef to, KeyContext context) {
    return absent(KmsOperation.REWRAP);
  }

  @Override
  public Uni<KeyDescription> describe(KeyRef key) {
    return absent(KmsOperation.DESCRIBE);
  }

  private static <T> Uni<T> absent(KmsOperation operation) {
    return Uni.createFrom()
        .failure(() -> new KmsFailure.Misconfigured(operation, "the provider is not configured"));
  }
}
