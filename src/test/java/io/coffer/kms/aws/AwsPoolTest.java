package io.coffer.kms.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.kms.GeneratedKey;
import io.coffer.kms.KeyContext;
import io.coffer.kms.KeyPurpose;
import io.coffer.kms.KeyRef;
import io.coffer.kms.Kms;
import io.coffer.kms.KmsFailure;
import io.coffer.kms.TestStack;
import io.coffer.kms.WrappedKey;
import io.coffer.kms.aws.server.Fault;
import io.coffer.kms.aws.server.KmsServer;
import io.coffer.secret.SecretValue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.kms.KmsAsyncClient;

/** More calls than there are connections, to a service that accepts them and says nothing. */
class AwsPoolTest {

  private static final int CONNECTIONS = 4;
  private static final int QUEUE = 8;
  private static final Duration ATTEMPT = Duration.ofMillis(500);
  private static final Duration WHOLE = Duration.ofMillis(1500);

  /** Beyond the deadline: what two busy processors need to tell so many callers. */
  private static final Duration SLACK = Duration.ofSeconds(3);

  private static final KeyContext CONTEXT =
      new KeyContext(UUID.randomUUID(), UUID.randomUUID(), KeyPurpose.VALUES);

  private static KmsServer server;
  private static KmsAsyncClient client;
  private static Kms kms;
  private static KeyRef key;
  private static WrappedKey wrapped;

  @BeforeAll
  static void start() {
    server = KmsServer.start();
    client = AwsSubject.narrow(server, ATTEMPT, CONNECTIONS, QUEUE);
    kms =
        TestStack.whole(
            AwsKms.PROVIDER,
            new AwsKms(client, server.region()),
            Map.of(
                "coffer.kms.deadline", WHOLE.toString(),
                "coffer.kms.attempt-deadline", ATTEMPT.toString()));
    key = AwsSubject.ref(server.createKey());
    try (GeneratedKey made = awaitFirst()) {
      wrapped = made.wrapped();
    }
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {CONNECTIONS + QUEUE / 2, 10 * (CONNECTIONS + QUEUE)})
  void failsEveryCallByItsTypeWithinTheDeadlineAndRecoversByItself(int calls) {
    server.faults().always(new Fault.Never());
    long began = System.nanoTime();
    assertThat(outcomes(calls))
        .hasSize(calls)
        .allSatisfy(
            outcome ->
                assertThat(outcome)
                    .isInstanceOf(KmsFailure.Unavailable.class)
                    .extracting(failure -> ((KmsFailure) failure).retryable())
                    .isEqualTo(true));
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(WHOLE.plus(SLACK));
    server.faults().clear();
    // As many at once as there are connections: none is lost to a call that was given up.
    for (int round = 0; round < 3; round++) {
      assertThat(outcomes(CONNECTIONS)).containsOnly("opened");
    }
  }

  @Test
  void letsCallsWaitForAConnectionWhileOthersAnswer() {
    assertThat(outcomes(CONNECTIONS + QUEUE)).containsOnly("opened");
  }

  /** What came of so many calls at once: the failure, or a word. */
  private static List<Object> outcomes(int calls) {
    List<CompletableFuture<Object>> all =
        IntStream.range(0, calls)
            .mapToObj(
                _ ->
                    kms.unwrap(key, wrapped.blob(), CONTEXT)
                        .invoke(SecretValue::close)
                        .<Object>map(_ -> "opened")
                        .onFailure()
                        .recoverWithItem(failure -> failure)
                        .subscribe()
                        .asCompletionStage())
            .toList();
    return all.stream().map(CompletableFuture::join).toList();
  }

  /** The first call of a process takes longer than the deadline of this test may be. */
  private static GeneratedKey awaitFirst() {
    for (int i = 0; i < 20; i++) {
      try {
        return kms.generate(key, CONTEXT).await().atMost(Duration.ofSeconds(20));
      } catch (KmsFailure.Unavailable e) {
        // The client's classes are being loaded.
      }
    }
    throw new AssertionError("the service cannot be reached");
  }
}
