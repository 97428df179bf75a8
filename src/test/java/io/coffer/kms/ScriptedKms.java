package io.coffer.kms;

import io.coffer.secret.SecretValue;
import io.smallrye.mutiny.Uni;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/** A service whose descriptions come from a script, and which knows nothing else. */
final class ScriptedKms implements Kms {

  static final KeyRef KEY = new KeyRef("scripted", "key");
  static final KeyDescription GOOD = new KeyDescription(KEY, KeyDescription.State.ENABLED);

  private final Deque<Supplier<Uni<KeyDescription>>> answers = new ArrayDeque<>();
  private int calls;

  void answers(KeyDescription description) {
    answers.add(() -> Uni.createFrom().item(description));
  }

  void fails(KmsFailure failure) {
    answers.add(() -> Uni.createFrom().failure(failure));
  }

  void isSilent() {
    answers.add(() -> Uni.createFrom().nothing());
  }

  int calls() {
    return calls;
  }

  @Override
  public Uni<KeyDescription> describe(KeyRef key) {
    return Uni.createFrom()
        .deferred(
            () -> {
              calls++;
              return answers.remove().get();
            });
  }

  @Override
  public Uni<GeneratedKey> generate(KeyRef key, KeyContext context) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Uni<WrappedKey> wrap(KeyRef key, SecretValue bytes, KeyContext context) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Uni<SecretValue> unwrap(KeyRef key, byte[] blob, KeyContext context) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Uni<WrappedKey> rewrap(KeyRef from, byte[] blob, KeyRef to, KeyContext context) {
    throw new UnsupportedOperationException();
  }
}
