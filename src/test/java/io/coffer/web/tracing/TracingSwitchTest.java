package io.coffer.web.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TracingSwitchTest {

  @Test
  void isOffWithoutAnEndpoint() {
    assertThat(disabled(Map.of())).isTrue();
  }

  @Test
  void isOnWithAnEndpoint() {
    assertThat(disabled(Map.of("quarkus.otel.exporter.otlp.endpoint", "http://collector:4317")))
        .isFalse();
  }

  @Test
  void leavesTheLastWordToTheSwitchItself() {
    assertThat(
            disabled(
                Map.of(
                    "quarkus.otel.exporter.otlp.endpoint",
                    "http://collector:4317",
                    "quarkus.otel.sdk.disabled",
                    "true")))
        .isTrue();
  }

  private static boolean disabled(Map<String, String> settings) {
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .withSources(new PropertiesConfigSource(settings, "settings", 300))
            .withSources(new TracingSwitch())
            .build();
    return config.getValue("quarkus.otel.sdk.disabled", Boolean.class);
  }
}
