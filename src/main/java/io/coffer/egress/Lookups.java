package io.coffer.egress;

import io.smallrye.mutiny.Uni;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks names up beside the event loop, a bounded number at once. A look-up cannot be interrupted:
 * the caller is released at the deadline, its place among those at once when the look-up ends.
 */
final class Lookups implements AutoCloseable {

  private final NameResolver resolver;
  private final Duration deadline;
  private final Semaphore turns;
  private final Semaphore places;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  Lookups(NameResolver resolver, EgressConfig.Lookup config) {
    this.resolver = resolver;
    this.deadline = config.deadline();
    this.turns = new Semaphore(config.atOnce());
    this.places = new Semaphore(config.atOnce() + config.waiting());
  }

  /** The addresses; fails with {@link EgressFailure}. */
  Uni<List<InetAddress>> find(String name) {
    return Uni.createFrom()
        .completionStage(() -> start(name))
        .ifNoItem()
        .after(deadline)
        .failWith(EgressFailure.Timeout::new);
  }

  /** The addresses, for a thread that may wait. */
  List<InetAddress> findNow(String name) {
    try {
      return start(name).get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof EgressFailure failure ? failure : new EgressFailure.Dns();
    } catch (TimeoutException e) {
      throw new EgressFailure.Timeout();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EgressFailure.Timeout();
    }
  }

  private CompletableFuture<List<InetAddress>> start(String name) {
    if (!places.tryAcquire()) {
      return CompletableFuture.failedFuture(new EgressFailure.Busy());
    }
    CompletableFuture<List<InetAddress>> answer = new CompletableFuture<>();
    threads.execute(
        () -> {
          try {
            answer.complete(resolve(name));
          } catch (Throwable failure) {
            answer.completeExceptionally(
                failure instanceof EgressFailure ? failure : new EgressFailure.Dns());
          } finally {
            places.release();
          }
        });
    return answer;
  }

  private List<InetAddress> resolve(String name) {
    boolean turn = false;
    try {
      turn = turns.tryAcquire(deadline.toMillis(), TimeUnit.MILLISECONDS);
      if (!turn) {
        throw new EgressFailure.Busy();
      }
      return resolver.resolve(name);
    } catch (UnknownHostException e) {
      throw new EgressFailure.Dns();
    } catch (InterruptedException e) {
      throw new EgressFailure.Timeout();
    } finally {
      if (turn) {
        turns.release();
      }
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
