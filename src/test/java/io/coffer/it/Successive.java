package io.coffer.it;

import io.coffer.testing.PackagedCoffer;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** One application after the other with the same data; clients wait while there is none. */
final class Successive implements AutoCloseable {

  private static final int PATIENCE_SECONDS = 180;

  private final Supplier<PackagedCoffer> starter;
  private volatile CompletableFuture<PackagedCoffer> current = new CompletableFuture<>();

  /** Starts the first one. */
  Successive(Supplier<PackagedCoffer> starter) {
    this.starter = starter;
    startInto(current);
  }

  /** Where the present one listens; waits for it. */
  URI url() {
    return present().url();
  }

  /** Kills the present one as a lost machine dies, and starts the next. */
  void killAndRestart() {
    PackagedCoffer dying = present();
    CompletableFuture<PackagedCoffer> next = new CompletableFuture<>();
    // First, so that whoever loses its answer now waits for the next one.
    current = next;
    dying.kill();
    startInto(next);
  }

  private void startInto(CompletableFuture<PackagedCoffer> place) {
    try {
      place.complete(starter.get());
    } catch (RuntimeException | Error e) {
      place.completeExceptionally(e);
      throw e;
    }
  }

  private PackagedCoffer present() {
    try {
      return current.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("there is no application", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    PackagedCoffer last = current.getNow(null);
    if (last != null) {
      last.close();
    }
  }
}
