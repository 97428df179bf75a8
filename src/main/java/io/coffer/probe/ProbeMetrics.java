package io.coffer.probe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;

/** Counts checks and times them by type; no label names a credential. */
@ApplicationScoped
class ProbeMetrics {

  private final MeterRegistry registry;

  ProbeMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** A probe has looked. */
  void looked(String type, Checked checked) {
    Verdict verdict = checked.verdict();
    Counter.builder("coffer.probe.checks")
        .description("Checks of credentials that made a call, by what they showed")
        .tag("type", type)
        .tag("verdict", verdict.finding().wireName())
        .tag("reason", verdict.reason().wireName())
        .register(registry)
        .increment();
    Timer.builder("coffer.probe.duration")
        .description("How long a check took, without its waiting for a turn")
        .tag("type", type)
        .publishPercentileHistogram()
        .register(registry)
        .record(checked.took());
  }

  /** A verdict of a short while ago did. */
  void remembered() {
    Counter.builder("coffer.probe.remembered")
        .description("Checks that were answered by an earlier one of the same value")
        .register(registry)
        .increment();
  }

  /** Too many were waiting. */
  void refused() {
    Counter.builder("coffer.probe.refused")
        .description("Checks that were not made because too many were waiting")
        .register(registry)
        .increment();
  }
}
