package io.coffer.type;

import io.coffer.secret.SecretValue;
import io.coffer.type.key.KeyRefusal;
import io.coffer.type.key.PrivateKeys;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Tries passphrases on the private keys that they are stored with. A passphrase is made to be slow
 * to try: that happens on virtual threads, few at a time, and only when one of the two is new.
 */
@ApplicationScoped
public class PassphraseCheck {

  /** Each try keeps a processor busy for up to a second; the others wait their turn. */
  private static final int AT_ONCE = 2;

  /** How long a try waits for its turn before the request is turned away. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore permits = new Semaphore(AT_ONCE, true);

  /**
   * Checks that the passphrase opens the key, if content that keeps the rules of structure holds
   * both and one of them is new; so for each pair that the type has.
   *
   * @param content stays the caller's and open until the result is there
   * @return completes on the caller's Vert.x context, with {@link TypeFailure.InvalidFields} if the
   *     passphrase is another key's
   */
  public Uni<Void> check(CredentialType type, ValidatedFields content) {
    Uni<Void> all = Uni.createFrom().voidItem();
    for (Rules.Passphrase rule : type.definition().rules().structure().passphrase()) {
      all = all.chain(() -> check(rule, content));
    }
    return all;
  }

  private Uni<Void> check(Rules.Passphrase rule, ValidatedFields content) {
    if (!content.changed().contains(rule.key()) && !content.changed().contains(rule.passphrase())) {
      return Uni.createFrom().voidItem();
    }
    Optional<SecretValue> key = content.secret().find(rule.key());
    Optional<SecretValue> passphrase = content.secret().find(rule.passphrase());
    if (key.isEmpty() || passphrase.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return onThisContext(tried(key.get(), passphrase.get()))
        .onItem()
        .transformToUni(opens -> opens ? Uni.createFrom().voidItem() : wrong(rule));
  }

  private Uni<Boolean> tried(SecretValue key, SecretValue passphrase) {
    return Uni.createFrom()
        .deferred(
            () -> {
              // Copies of our own: a cancelled request closes its fields while we compute.
              SecretValue lock = key.copy();
              SecretValue words = passphrase.copy();
              return Uni.createFrom()
                  .item(() -> opens(lock, words))
                  .runSubscriptionOn(threads)
                  .onTermination()
                  .invoke(
                      () -> {
                        lock.close();
                        words.close();
                      });
            });
  }

  private boolean opens(SecretValue key, SecretValue passphrase) {
    acquire();
    try {
      return PrivateKeys.opens(key.revealText(), passphrase);
    } catch (KeyRefusal refusal) {
      // No key that this reads, so that the passphrase cannot be judged.
      return true;
    } finally {
      permits.release();
    }
  }

  private static Uni<Void> wrong(Rules.Passphrase rule) {
    Violation violation =
        Violation.of(rule.passphrase(), FieldRule.PASSPHRASE_WRONG, "does not open " + rule.key());
    return Uni.createFrom().failure(new TypeFailure.InvalidFields(List.of(violation)));
  }

  /** Database sessions stay on one context. */
  private static <T> Uni<T> onThisContext(Uni<T> work) {
    return Uni.createFrom()
        .deferred(
            () -> {
              Context context = Vertx.currentContext();
              return context == null ? work : work.emitOn(MutinyHelper.executor(context));
            });
  }

  private void acquire() {
    try {
      if (!permits.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new TypeFailure.Busy();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TypeFailure.Busy();
    }
  }
}
