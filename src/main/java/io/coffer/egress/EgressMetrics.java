package io.coffer.egress;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts what the guard decides. Rules are a closed list, so that labels stay few. */
final class EgressMetrics {

  private final MeterRegistry registry;

  EgressMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  void allowed() {
    count("allowed", "none");
  }

  void denied(String rule) {
    count("denied", rule);
  }

  private void count(String outcome, String rule) {
    Counter.builder("coffer.egress.decisions")
        .description("Decisions of the guard of outgoing calls, by the rule that refused")
        .tag("outcome", outcome)
        .tag("rule", rule)
        .register(registry)
        .increment();
  }
}
