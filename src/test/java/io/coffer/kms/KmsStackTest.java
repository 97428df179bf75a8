package io.coffer.kms;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.testing.ManualClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Deadlines, metrics and health around one adapter, on a clock that the test moves. */
class KmsStackTest {

  private static final KmsFailure UNAVAILABLE =
      new KmsFailure.Unavailable(KmsOperation.DESCRIBE, "gone");

  private final ManualScheduler scheduler = new ManualScheduler();
  private final ManualClock clock = new ManualClock(Instant.EPOCH);
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final KmsHealth health = new KmsHealth(clock);
  private final ScriptedKms scripted = new ScriptedKms();
  private final Kms kms =
      new KmsStack(
              KmsTestConfig.with(Map.of("coffer.kms.retry.first-pause", "1ms")),
              new KmsMetrics(registry),
              health,
              scheduler,
              RandomGenerator.getDefault(),
              scheduler::nanos)
          .around("scripted", scripted);

  @Test
  void endsACallThatIsNotAnsweredAndMakesAnother() {
    scripted.isSilent();
    scripted.answers(ScriptedKms.GOOD);
    var answer = describe();
    scheduler.advance(Duration.ofMillis(1999));
    answer.assertNotTerminated();
    scheduler.advance(Duration.ofMillis(2));
    answer.assertItem(ScriptedKms.GOOD);
    assertThat(calls("unavailable")).isEqualTo(1);
    assertThat(calls("ok")).isEqualTo(1);
  }

  @Test
  void believesNoAnswerAboutAKeyOfAnotherProvider() {
    KeyRef foreign = new KeyRef("another", ScriptedKms.KEY.keyId());
    scripted.answers(new KeyDescription(foreign, KeyDescription.State.ENABLED));
    assertThat(describe().getFailure()).isInstanceOf(KmsFailure.WrongKey.class);
  }

  @Test
  void endsARequestAtItsDeadlineWhateverItsAttemptsDo() {
    scripted.isSilent();
    scripted.isSilent();
    scripted.isSilent();
    var answer = describe();
    scheduler.advance(Duration.ofSeconds(5));
    assertThat(answer.getFailure())
        .isInstanceOf(KmsFailure.Unavailable.class)
        .hasMessageContaining("PT5S");
    assertThat(scripted.calls()).isEqualTo(3);
  }

  @Test
  void leavesNoTimerBehind() {
    scripted.answers(ScriptedKms.GOOD);
    describe().assertItem(ScriptedKms.GOOD);
    assertThat(scheduler.waiting()).isZero();
  }

  @Test
  void countsEveryCallByItsOutcomeAndTimesIt() {
    scripted.fails(new KmsFailure.Denied(KmsOperation.DESCRIBE, "no"));
    assertThat(describe().getFailure()).isInstanceOf(KmsFailure.Denied.class);
    assertThat(calls("denied")).isEqualTo(1);
    assertThat(registry.get(KmsMetrics.LATENCY).timer().count()).isEqualTo(1);
  }

  @Test
  void turnsDownAfterTheLastAttemptAndUpWithTheNextAnswer() {
    health.defaultKey(null);
    scripted.fails(UNAVAILABLE);
    scripted.answers(ScriptedKms.GOOD);
    var passing = describe();
    scheduler.advance(Duration.ofSeconds(1));
    passing.assertItem(ScriptedKms.GOOD);
    assertThat(health.state().up()).isTrue();

    scripted.fails(UNAVAILABLE);
    scripted.fails(UNAVAILABLE);
    scripted.fails(UNAVAILABLE);
    clock.advance(Duration.ofMinutes(1));
    var lost = describe();
    scheduler.advance(Duration.ofSeconds(1));
    assertThat(lost.getFailure()).isSameAs(UNAVAILABLE);
    assertThat(health.state().up()).isFalse();
    assertThat(health.state().reason()).isEqualTo("unavailable");
    assertThat(health.state().since()).isEqualTo(clock.instant());

    scripted.answers(ScriptedKms.GOOD);
    describe().assertItem(ScriptedKms.GOOD);
    assertThat(health.state().up()).isTrue();
  }

  @Test
  void blamesTheServiceForNoSingleKey() {
    health.defaultKey(null);
    scripted.fails(new KmsFailure.KeyDisabled(KmsOperation.DESCRIBE, "off"));
    assertThat(describe().getFailure()).isInstanceOf(KmsFailure.KeyDisabled.class);
    assertThat(health.state().up()).isTrue();
  }

  @Test
  void answersOnTheContextThatAsked() throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      scripted.fails(UNAVAILABLE);
      scripted.answers(ScriptedKms.GOOD);
      Context context = vertx.getOrCreateContext();
      CompletableFuture<Context> asked = new CompletableFuture<>();
      CompletableFuture<Context> answered = new CompletableFuture<>();
      context.runOnContext(
          _ -> {
            var _ =
                kms.describe(ScriptedKms.KEY)
                    .subscribe()
                    .with(_ -> answered.complete(Vertx.currentContext()));
            asked.complete(Vertx.currentContext());
          });
      Context there = asked.get(10, TimeUnit.SECONDS);
      scheduler.advance(Duration.ofSeconds(1));
      assertThat(answered.get(10, TimeUnit.SECONDS)).isSameAs(there);
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
  }

  private UniAssertSubscriber<KeyDescription> describe() {
    return kms.describe(ScriptedKms.KEY).subscribe().withSubscriber(UniAssertSubscriber.create());
  }

  private double calls(String outcome) {
    return registry.get(KmsMetrics.CALLS).tag("outcome", outcome).counter().count();
  }
}
