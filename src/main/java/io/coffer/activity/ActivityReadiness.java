package io.coffer.activity;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Whether it can be recorded here who does what, under {@code /q/health/ready}: a replica that
 * cannot hands nothing out.
 */
@Readiness
@ApplicationScoped
class ActivityReadiness implements HealthCheck {

  private final ActivityWriter writer;
  private final ActivityConfig config;

  ActivityReadiness(ActivityWriter writer, ActivityConfig config) {
    this.writer = writer;
    this.config = config;
  }

  @Override
  public HealthCheckResponse call() {
    long since = writer.failingSince();
    long failing = since == 0 ? 0 : System.nanoTime() - since;
    return HealthCheckResponse.named("activity record")
        .status(failing <= config.deadline().toNanos())
        .withData("waiting", writer.waiting())
        .withData("failing_seconds", failing / 1_000_000_000L)
        .build();
  }
}
