package io.coffer.kms;

import io.coffer.secret.SecretValue;
import io.smallrye.mutiny.Uni;
import java.util.function.Supplier;

/** A {@link Kms} that treats every call of another one alike. */
abstract class DecoratedKms implements Kms {

  private final Kms delegate;

  DecoratedKms(Kms delegate) {
    this.delegate = delegate;
  }

  /**
   * Surrounds one call.
   *
   * @param call makes the delegate's lazy answer anew each time it is asked
   */
  abstract <T> Uni<T> around(KmsOperation operation, Supplier<Uni<T>> call);

  /** Surrounds one call that is made under a context; where that does not matter, as any call. */
  <T> Uni<T> around(KmsOperation operation, KeyContext context, Supplier<Uni<T>> call) {
    return around(operation, call);
  }

  @Override
  public final Uni<GeneratedKey> generate(KeyRef key, KeyContext context) {
    return around(KmsOperation.GENERATE, context, () -> delegate.generate(key, context));
  }

  @Override
  public final Uni<WrappedKey> wrap(KeyRef key, SecretValue bytes, KeyContext context) {
    return around(KmsOperation.WRAP, context, () -> delegate.wrap(key, bytes, context));
  }

  @Override
  public final Uni<SecretValue> unwrap(KeyRef key, byte[] blob, KeyContext context) {
    return around(KmsOperation.UNWRAP, context, () -> delegate.unwrap(key, blob, context));
  }

  @Override
  public final Uni<WrappedKey> rewrap(KeyRef from, byte[] blob, KeyRef to, KeyContext context) {
    return around(KmsOperation.REWRAP, context, () -> delegate.rewrap(from, blob, to, context));
  }

  @Override
  public final Uni<KeyDescription> describe(KeyRef key) {
    return around(KmsOperation.DESCRIBE, () -> delegate.describe(key));
  }
}
