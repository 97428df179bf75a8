package io.coffer.kms;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.time.Duration;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RetryingKmsTest {

  private static final KmsFailure THROTTLED =
      new KmsFailure.Throttled(KmsOperation.DESCRIBE, "rate");
  private static final KmsFailure UNAVAILABLE =
      new KmsFailure.Unavailable(KmsOperation.DESCRIBE, "gone");
  private static final KmsFailure DENIED = new KmsFailure.Denied(KmsOperation.DESCRIBE, "no");
  private static final RetryingKms.Policy POLICY =
      new RetryingKms.Policy(4, Duration.ofMillis(100), Duration.ofMillis(250));

  /** Always the longest pause that is allowed. */
  private static final RandomGenerator LONGEST =
      new RandomGenerator() {
        @Override
        public long nextLong() {
          return 0;
        }

        @Override
        public long nextLong(long origin, long bound) {
          return bound - 1;
        }
      };

  private final ManualScheduler scheduler = new ManualScheduler();
  private final ScriptedKms scripted = new ScriptedKms();

  @Test
  void doublesItsPausesUpToTheLongest() {
    scripted.fails(THROTTLED);
    scripted.fails(UNAVAILABLE);
    scripted.fails(THROTTLED);
    scripted.answers(ScriptedKms.GOOD);
    var answer = describe(retrying(new RetryBudget(10)));
    scheduler.advance(Duration.ofSeconds(1));
    answer.assertItem(ScriptedKms.GOOD);
    assertThat(scheduler.delays())
        .containsExactly(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(250));
  }

  @Test
  void makesNoCallBeforeItsPauseIsOver() {
    scripted.fails(THROTTLED);
    scripted.answers(ScriptedKms.GOOD);
    var answer = describe(retrying(new RetryBudget(10)));
    scheduler.advance(Duration.ofMillis(99));
    assertThat(scripted.calls()).isEqualTo(1);
    scheduler.advance(Duration.ofMillis(1));
    answer.assertItem(ScriptedKms.GOOD);
  }

  @Test
  void givesTheLastFailureAfterTheLastAttempt() {
    scripted.fails(THROTTLED);
    scripted.fails(THROTTLED);
    scripted.fails(THROTTLED);
    scripted.fails(UNAVAILABLE);
    var answer = describe(retrying(new RetryBudget(10)));
    scheduler.advance(Duration.ofSeconds(10));
    assertThat(answer.getFailure()).isSameAs(UNAVAILABLE);
    assertThat(scripted.calls()).isEqualTo(4);
  }

  @Test
  void repeatsNothingThatCannotSucceed() {
    scripted.fails(DENIED);
    assertThat(describe(retrying(new RetryBudget(10))).getFailure()).isSameAs(DENIED);
    assertThat(scripted.calls()).isEqualTo(1);
  }

  @Test
  void stopsRepeatingWhenTheBudgetIsUsedUp() {
    RetryingKms retrying = retrying(new RetryBudget(2));
    scripted.fails(UNAVAILABLE);
    scripted.fails(UNAVAILABLE);
    scripted.fails(UNAVAILABLE);
    var first = describe(retrying);
    scheduler.advance(Duration.ofSeconds(1));
    assertThat(first.getFailure()).isSameAs(UNAVAILABLE);
    scripted.fails(UNAVAILABLE);
    assertThat(describe(retrying).getFailure()).isSameAs(UNAVAILABLE);
    assertThat(scripted.calls()).isEqualTo(4);
  }

  @Test
  void earnsARetryBackByTenSuccesses() {
    RetryBudget budget = new RetryBudget(1);
    assertThat(budget.take()).isTrue();
    for (int i = 0; i < 9; i++) {
      budget.success();
    }
    assertThat(budget.take()).isFalse();
    budget.success();
    assertThat(budget.take()).isTrue();
  }

  @Test
  void stopsWaitingWhenTheCallerGoesAway() {
    scripted.fails(THROTTLED);
    var answer = describe(retrying(new RetryBudget(10)));
    answer.cancel();
    scheduler.advance(Duration.ofSeconds(10));
    assertThat(scripted.calls()).isEqualTo(1);
  }

  @Property
  void pausesStayWithinTheirBounds(@ForAll @IntRange(min = 1, max = 200) int attempt) {
    Duration pause = POLICY.pauseAfter(attempt, RandomGenerator.getDefault());
    assertThat(pause).isBetween(Duration.ofMillis(1), Duration.ofMillis(250));
  }

  private RetryingKms retrying(RetryBudget budget) {
    return new RetryingKms(scripted, POLICY, budget, scheduler, LONGEST);
  }

  private static UniAssertSubscriber<KeyDescription> describe(Kms kms) {
    return kms.describe(ScriptedKms.KEY).subscribe().withSubscriber(UniAssertSubscriber.create());
  }
}
