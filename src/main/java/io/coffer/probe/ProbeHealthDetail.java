package io.coffer.probe;

import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** The checks of credentials for dashboards, under {@code /q/health}. */
@Wellness
@ApplicationScoped
class ProbeHealthDetail implements HealthCheck {

  private final ProbeRunner runner;
  private final ProbeClockwork clockwork;
  private final ProbesConfig config;

  ProbeHealthDetail(ProbeRunner runner, ProbeClockwork clockwork, ProbesConfig config) {
    this.runner = runner;
    this.clockwork = clockwork;
    this.config = config;
  }

  /** Always up: that a provider cannot be reached is no trouble of this service. */
  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("checks of credentials")
        .up()
        .withData("scheduled", config.schedule().enabled())
        .withData("running", runner.running())
        .withData("waiting", runner.waiting())
        .withData("oldest_due_seconds", (long) clockwork.oldestDue())
        .build();
  }
}
