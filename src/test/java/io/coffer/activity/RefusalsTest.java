package io.coffer.activity;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.access.AccessEvent;
import io.coffer.access.AccessEvent.Outcome;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Refusals that nobody waits for. */
class RefusalsTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Refusals refusals = new Refusals(3, new ActivityMetrics(meters));

  @Test
  void equalOnesBecomeOneEventWithTheirNumber() {
    UUID target = UUID.randomUUID();
    for (int i = 0; i < 5; i++) {
      refusals.note(refused(target, "missing_role"));
    }
    refusals.note(refused(target, "not_visible"));
    refusals.join(NOW);
    assertThat(refusals.take(10))
        .extracting(it -> it.reason() + " " + it.details())
        .containsExactlyInAnyOrder("missing_role count=5", "not_visible count=1");
    refusals.join(NOW);
    assertThat(refusals.isEmpty()).isTrue();
  }

  @Test
  void aFloodOfDifferentOnesIsCountedAndDrivesNoneOut() {
    UUID first = UUID.randomUUID();
    refusals.note(refused(first, "not_visible"));
    for (int i = 0; i < 100; i++) {
      refusals.note(refused(UUID.randomUUID(), "not_visible"));
    }
    // One that is known already is still counted where it belongs.
    refusals.note(refused(first, "not_visible"));
    refusals.join(NOW);
    List<EventContent> ready = refusals.take(10);
    assertThat(ready).hasSize(4);
    assertThat(ready).anyMatch(it -> first.equals(it.targetId()) && "count=2".equals(it.details()));
    assertThat(ready)
        .anyMatch(it -> it.action().equals("refusals_dropped") && "count=98".equals(it.details()));
    assertThat(meters.counter("coffer.activity.dropped").count()).isEqualTo(98);
  }

  @Test
  void whatCouldNotBeRecordedIsThereForTheNextGroup() {
    refusals.note(refused(UUID.randomUUID(), "not_visible"));
    refusals.join(NOW);
    List<EventContent> taken = refusals.take(10);
    refusals.giveBack(taken);
    assertThat(refusals.take(10)).isEqualTo(taken);
    assertThat(refusals.size()).isZero();
  }

  private static AccessEvent refused(UUID target, String reason) {
    return TestWriter.use(target).ended(Outcome.REFUSED, reason);
  }
}
