package io.coffer.kms;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Whether values can be opened here, under {@code /q/health/ready}: the key management service
 * answers, or keys in memory go on without it.
 */
@Readiness
@ApplicationScoped
class KeysReadiness implements HealthCheck {

  private final KmsHealth health;
  private final DataKeys keys;

  @Inject
  KeysReadiness(KmsHealth health, DataKeys keys) {
    this.health = health;
    this.keys = keys;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("keys")
        .status(health.state().up() || keys.cache().isWarm())
        .build();
  }
}
