package io.coffer.egress;

import io.micrometer.core.instrument.MeterRegistry;

/** Counts what the guard decides. Rules are a closed list, so that labels stay few. */
final class EgressMetrics {

  private static final String DECISIONS = "coffer_egress_decisions";

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
    registry.counter(DECISIONS, "outcome", outcome, "rule", rule).increment();
  }
}
