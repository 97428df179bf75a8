package io.coffer.credential.use;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.credential.CredentialFailure;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EncryptionTurnsTest {

  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private final EncryptionTurns turns = new EncryptionTurns();
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void stop() throws Exception {
    turns.close();
    var unused = vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  @Test
  void worksOffTheEventLoopAndAnswersOnIt() throws Exception {
    CompletableFuture<List<Thread>> threads = new CompletableFuture<>();
    vertx.runOnContext(
        _ -> {
          Thread loop = Thread.currentThread();
          turns
              .run(Thread::currentThread)
              .subscribe()
              .with(
                  worker -> threads.complete(List.of(loop, worker, Thread.currentThread())),
                  threads::completeExceptionally);
        });
    List<Thread> seen = threads.get(30, TimeUnit.SECONDS);
    assertThat(seen.get(1).isVirtual()).isTrue();
    assertThat(seen.get(2)).isSameAs(seen.get(0));
  }

  @Test
  void worksOnFewAtATimeAndTurnsAwayWhoWouldBeOneTooMany() {
    CountDownLatch held = new CountDownLatch(1);
    AtomicInteger underWay = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<CompletableFuture<Boolean>> all =
        IntStream.range(0, 200)
            .mapToObj(
                _ ->
                    turns
                        .run(
                            () -> {
                              most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                              awaitQuietly(held);
                              return underWay.decrementAndGet() >= 0;
                            })
                        .subscribe()
                        .asCompletionStage())
            .toList();
    awaitWaiting();
    assertThatThrownBy(() -> turns.run(() -> true).await().atMost(DEADLINE))
        .isInstanceOf(CredentialFailure.Busy.class);
    held.countDown();
    all.forEach(one -> assertThat(one.exceptionally(_ -> true).join()).isTrue());
    assertThat(most).hasValueLessThanOrEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(turns.run(() -> true).await().atMost(DEADLINE)).isTrue();
  }

  @Test
  void givesTheTurnBackWhenTheWorkFails() {
    for (int i = 0; i < 50; i++) {
      Uni<Object> failing =
          turns.run(
              () -> {
                throw new IllegalArgumentException("planned");
              });
      assertThatThrownBy(() -> failing.await().atMost(DEADLINE))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private void awaitWaiting() {
    long deadline = System.nanoTime() + DEADLINE.toNanos();
    while (turns.waiting() < EncryptionTurns.MOST_WAITING && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
