package io.coffer.kms;

import io.smallrye.mutiny.Uni;
import java.util.UUID;

/**
 * Proves that a key is the right one: it can be seen, is enabled, makes a data key, opens what it
 * made, and refuses to open it under another context.
 */
final class KmsCanary {

  private final Kms kms;

  KmsCanary(Kms kms) {
    this.kms = kms;
  }

  /** Gives the key under its full name. */
  Uni<KeyRef> prove(KeyRef configured) {
    return kms.describe(configured)
        .invoke(KmsCanary::requireUsable)
        .map(KeyDescription::key)
        .call(this::roundTrip);
  }

  /** Looks at the key without using it. */
  Uni<Void> look(KeyRef key) {
    return kms.describe(key).invoke(KmsCanary::requireUsable).replaceWithVoid();
  }

  private Uni<Void> roundTrip(KeyRef key) {
    KeyContext context = context();
    return kms.generate(key, context)
        .chain(
            made ->
                opens(made, context)
                    .chain(() -> refusesAnotherContext(made))
                    .eventually(made::close));
  }

  private Uni<Void> opens(GeneratedKey made, KeyContext context) {
    return kms.unwrap(made.wrapped().key(), made.wrapped().blob(), context)
        .invoke(
            opened -> {
              try (opened) {
                if (!opened.sameAs(made.plaintext())) {
                  throw new KmsFailure.Unexpected(KmsOperation.UNWRAP, "opened to another key");
                }
              }
            })
        .replaceWithVoid();
  }

  private Uni<Void> refusesAnotherContext(GeneratedKey made) {
    return kms.unwrap(made.wrapped().key(), made.wrapped().blob(), context())
        .onItem()
        .transformToUni(
            opened -> {
              opened.close();
              return Uni.createFrom()
                  .<Void>failure(
                      new KmsFailure.Unexpected(KmsOperation.UNWRAP, "the context is ignored"));
            })
        .onFailure(KmsFailure.Corrupt.class)
        .recoverWithNull();
  }

  private static KeyContext context() {
    return new KeyContext(null, UUID.randomUUID(), KeyPurpose.CANARY);
  }

  private static void requireUsable(KeyDescription description) {
    switch (description.state()) {
      case ENABLED -> {}
      case DISABLED ->
          throw new KmsFailure.KeyDisabled(KmsOperation.DESCRIBE, "the key is not enabled");
      case UNSUITABLE ->
          throw new KmsFailure.Misconfigured(KmsOperation.DESCRIBE, "the key is of another kind");
    }
  }
}
