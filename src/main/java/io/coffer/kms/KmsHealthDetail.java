package io.coffer.kms;

import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/** The state of the key management service for dashboards, under {@code /q/health}. */
@Wellness
@ApplicationScoped
class KmsHealthDetail implements HealthCheck {

  private final KmsHealth health;

  @Inject
  KmsHealthDetail(KmsHealth health) {
    this.health = health;
  }

  @Override
  public HealthCheckResponse call() {
    KmsHealth.State state = health.state();
    HealthCheckResponseBuilder response =
        HealthCheckResponse.named("key management service")
            .status(state.up())
            .withData("since", state.since().toString());
    String reason = state.reason();
    if (reason != null) {
      response.withData("reason", reason);
    }
    return response.build();
  }
}
