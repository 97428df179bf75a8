package io.coffer.credential.use;

import io.coffer.credential.CredentialFailure;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Encrypts answers off the event loop: a hundred values to one public key keep a processor busy for
 * long enough that others would feel it. Few at a time; who waits too long, or would be one too
 * many, is turned away.
 */
@ApplicationScoped
class EncryptionTurns {

  static final int MOST_WAITING = 64;
  private static final long PATIENCE_SECONDS = 5;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore turns =
      new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

  /**
   * Does the work in its turn; completes on the caller's Vert.x context.
   *
   * @return fails with {@link CredentialFailure.Busy} without having done anything if it is
   *     nobody's turn for long
   */
  <T> Uni<T> run(Supplier<T> work) {
    return Uni.createFrom()
        .deferred(
            () -> {
              if (waiting() >= MOST_WAITING) {
                return Uni.createFrom().failure(CredentialFailure.Busy::new);
              }
              Uni<T> done = Uni.createFrom().item(() -> inTurn(work)).runSubscriptionOn(threads);
              Context context = Vertx.currentContext();
              return context == null ? done : done.emitOn(MutinyHelper.executor(context));
            });
  }

  /** How many wait for their turn, roughly. */
  int waiting() {
    return turns.getQueueLength();
  }

  @PreDestroy
  void close() {
    threads.shutdown();
  }

  private <T> T inTurn(Supplier<T> work) {
    try {
      if (!turns.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new CredentialFailure.Busy();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CredentialFailure.Busy();
    }
    try {
      return work.get();
    } finally {
      turns.release();
    }
  }
}
