package io.coffer.web;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;

/**
 * Forgets all meters when the application stops. The registry outlives it in dev mode's live reload
 * and between test profiles, and a gauge that is registered already would go on to show an object
 * of the application that is gone.
 */
final class FreshMetrics {

  void forget(@Observes ShutdownEvent event, MeterRegistry registry) {
    registry.clear();
  }
}
