package io.coffer.kms;

import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** The data keys in memory for dashboards, under {@code /q/health}. */
@Wellness
@ApplicationScoped
class KeysHealthDetail implements HealthCheck {

  private final DataKeys keys;

  KeysHealthDetail(DataKeys keys) {
    this.keys = keys;
  }

  /** Always up: whether keys can be had is the check of the key management service. */
  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("data keys")
        .up()
        .withData("in_memory", keys.cache().size())
        .withData("usable_without_key_management_service", keys.cache().isWarm())
        .build();
  }
}
