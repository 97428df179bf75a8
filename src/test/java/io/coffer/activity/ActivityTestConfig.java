package io.coffer.activity;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;

/** The settings of the record as they are by default, but for those that a test names. */
final class ActivityTestConfig {

  private ActivityTestConfig() {}

  static ActivityConfig with(Map<String, String> settings) {
    return new SmallRyeConfigBuilder()
        .withMapping(ActivityConfig.class)
        .withConverter(Duration.class, 100, new DurationConverter())
        .withDefaultValues(settings)
        .build()
        .getConfigMapping(ActivityConfig.class);
  }
}
