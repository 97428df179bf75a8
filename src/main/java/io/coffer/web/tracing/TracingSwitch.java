package io.coffer.web.tracing;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * Turns OpenTelemetry on when an endpoint is configured: the extension itself would send to a
 * default endpoint that nobody has. Whoever sets {@code quarkus.otel.sdk.disabled} has the last
 * word.
 */
public final class TracingSwitch implements ConfigSourceFactory {

  private static final List<String> ENDPOINTS =
      List.of("quarkus.otel.exporter.otlp.endpoint", "quarkus.otel.exporter.otlp.traces.endpoint");
  private static final String DISABLED = "quarkus.otel.sdk.disabled";
  // Above the framework's defaults, below every file and the environment.
  private static final int ORDINAL = 100;

  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    boolean wanted = ENDPOINTS.stream().anyMatch(name -> isSet(context, name));
    return List.of(
        new PropertiesConfigSource(
            Map.of(DISABLED, Boolean.toString(!wanted)), "tracing", ORDINAL));
  }

  private static boolean isSet(ConfigSourceContext context, String name) {
    @Nullable ConfigValue value = context.getValue(name);
    // The extension's own default counts as not set.
    return value != null
        && value.getValue() != null
        && !value.getValue().isBlank()
        && value.getConfigSourceOrdinal() > ORDINAL;
  }
}
