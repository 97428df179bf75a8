package io.coffer.kms.local;

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
import java.security.SecureRandom;
import java.util.Map;
import java.util.function.Supplier;

/** Wraps with keys that were read from files when it was opened. */
final class LocalKms implements Kms {

  static final String PROVIDER = "local";

  private final Map<String, WrappingKey> keys;
  private final SecureRandom random = new SecureRandom();

  LocalKms(Map<String, WrappingKey> keys) {
    this.keys = Map.copyOf(keys);
  }

  @Override
  public Uni<GeneratedKey> generate(KeyRef key, KeyContext context) {
    return answer(
        () -> {
          WrappingKey wrapping = find(KmsOperation.GENERATE, key);
          byte[] bytes = new byte[GeneratedKey.LENGTH];
          random.nextBytes(bytes);
          SecretValue plaintext = SecretValue.takeOwnershipOf(bytes);
          byte[] blob = wrapping.wrap(plaintext, context.asMap(), random);
          return new GeneratedKey(plaintext, new WrappedKey(key, blob));
        });
  }

  @Override
  public Uni<WrappedKey> wrap(KeyRef key, SecretValue bytes, KeyContext context) {
    return answer(
        () -> {
          WrappingKey wrapping = find(KmsOperation.WRAP, key);
          return new WrappedKey(key, wrapping.wrap(bytes, context.asMap(), random));
        });
  }

  @Override
  public Uni<SecretValue> unwrap(KeyRef key, byte[] blob, KeyContext context) {
    return answer(() -> open(KmsOperation.UNWRAP, key, blob, context));
  }

  @Override
  public Uni<WrappedKey> rewrap(KeyRef from, byte[] blob, KeyRef to, KeyContext context) {
    return answer(
        () -> {
          WrappingKey wrapping = find(KmsOperation.REWRAP, to);
          try (SecretValue bytes = open(KmsOperation.REWRAP, from, blob, context)) {
            return new WrappedKey(to, wrapping.wrap(bytes, context.asMap(), random));
          }
        });
  }

  @Override
  public Uni<KeyDescription> describe(KeyRef key) {
    return answer(
        () -> {
          WrappingKey _ = find(KmsOperation.DESCRIBE, key);
          return new KeyDescription(key, KeyDescription.State.ENABLED);
        });
  }

  private SecretValue open(KmsOperation operation, KeyRef key, byte[] blob, KeyContext context) {
    WrappingKey wrapping = find(operation, key);
    if (!wrapping.made(blob)) {
      throw keys.values().stream().anyMatch(other -> other.made(blob))
          ? new KmsFailure.WrongKey(operation, "another key file made this")
          : new KmsFailure.Corrupt(operation, "no key file made this");
    }
    return wrapping
        .unwrap(blob, context.asMap())
        .orElseThrow(() -> new KmsFailure.Corrupt(operation, "damaged, or of another context"));
  }

  private WrappingKey find(KmsOperation operation, KeyRef key) {
    WrappingKey found = keys.get(key.keyId());
    if (found == null || !key.provider().equals(PROVIDER)) {
      throw new KmsFailure.UnknownKey(operation, "no such key file");
    }
    return found;
  }

  private static <T> Uni<T> answer(Supplier<T> work) {
    return Uni.createFrom().item(work);
  }
}
