package io.coffer.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How much is asked without anybody having asked for it. */
class BudgetsTest {

  private final ManualClock clock = new ManualClock(Instant.EPOCH);
  private final UUID one = new UUID(0, 1);
  private final UUID other = new UUID(0, 2);

  @Test
  void countsPerHostAndPerOrganization() {
    Budgets budgets = new Budgets(3, 2, clock);
    assertThat(budgets.take(one, "a")).isZero();
    assertThat(budgets.take(one, "b")).isZero();
    assertThat(budgets.take(one, "c")).isPositive();
    assertThat(budgets.take(other, "a")).isZero();
    assertThat(budgets.take(other, "a")).isZero();
    assertThat(budgets.take(new UUID(0, 3), "a")).isPositive();
  }

  @Test
  void grantsMoreWithTime() {
    Budgets budgets = new Budgets(60, 60, clock);
    for (int i = 0; i < 60; i++) {
      assertThat(budgets.take(one, "a")).isZero();
    }
    Duration wait = budgets.take(one, "a");
    assertThat(wait).isEqualTo(Duration.ofSeconds(1));
    clock.advance(wait);
    assertThat(budgets.take(one, "a")).isZero();
    assertThat(budgets.take(one, "a")).isPositive();
  }

  @Test
  void leavesAHostAloneThatHasToldSo() {
    Budgets budgets = new Budgets(60, 60, clock);
    budgets.rest(one, "a", Duration.ofMinutes(7));
    assertThat(budgets.take(one, "a")).isEqualTo(Duration.ofMinutes(7));
    assertThat(budgets.take(one, "b")).isZero();
    assertThat(budgets.take(other, "a")).isZero();
    clock.advance(Duration.ofMinutes(7));
    assertThat(budgets.take(one, "a")).isZero();
  }
}
