package io.coffer.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** Work on many virtual threads. */
public final class Parallel {

  private Parallel() {}

  /** What is done with one input. */
  public interface Work<I, O> {
    O on(I input) throws Exception;
  }

  /** Works on all inputs, so many at a time; the results come in their order. */
  public static <I, O> List<O> map(int atOnce, List<I> inputs, Work<I, O> work) {
    Semaphore permits = new Semaphore(atOnce);
    return run(
        inputs,
        input -> {
          permits.acquire();
          try {
            return work.on(input);
          } finally {
            permits.release();
          }
        });
  }

  /** Does something with each of the inputs, with so many at a time. */
  public static <I> void forEach(int atOnce, List<I> inputs, Consumer<I> work) {
    var unused =
        map(
            atOnce,
            inputs,
            input -> {
              work.accept(input);
              return input;
            });
  }

  /** Works on all inputs at the same moment. */
  public static <I, O> List<O> together(List<I> inputs, Work<I, O> work) {
    CountDownLatch ready = new CountDownLatch(inputs.size());
    return run(
        inputs,
        input -> {
          ready.countDown();
          ready.await();
          return work.on(input);
        });
  }

  private static <I, O> List<O> run(List<I> inputs, Work<I, O> work) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<O>> futures =
          inputs.stream().map(input -> threads.submit(() -> work.on(input))).toList();
      List<O> results = new ArrayList<>(inputs.size());
      try {
        for (Future<O> future : futures) {
          results.add(future.get());
        }
      } catch (ExecutionException e) {
        threads.shutdownNow();
        throw new AssertionError(e.getCause());
      } catch (InterruptedException e) {
        threads.shutdownNow();
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
      return results;
    }
  }
}
