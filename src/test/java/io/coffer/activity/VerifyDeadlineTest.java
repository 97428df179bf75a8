package io.coffer.activity;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class VerifyDeadlineTest {

  private static final Duration REQUEST = Duration.ofSeconds(10);

  @Test
  void mustEndBeforeTheRequestDoes() {
    for (Duration verification : new Duration[] {REQUEST, REQUEST.plusMillis(1)}) {
      assertThatThrownBy(() -> VerifyService.requireShorter(verification, REQUEST))
          .hasMessageContainingAll(
              "coffer.activity.verify-deadline is " + verification.toMillis() + " ms",
              "coffer.http.deadline 10000 ms");
    }
  }

  @Test
  void mayTakeAllButTheWholeTime() {
    assertThatCode(() -> VerifyService.requireShorter(REQUEST.minusMillis(1), REQUEST))
        .doesNotThrowAnyException();
  }
}
