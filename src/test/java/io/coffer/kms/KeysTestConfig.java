package io.coffer.kms;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;

/** The configuration with the defaults that production has, but for what a test sets. */
final class KeysTestConfig {

  private KeysTestConfig() {}

  static KeysConfig with(Map<String, String> values) {
    return new SmallRyeConfigBuilder()
        .withMapping(KeysConfig.class)
        .withConverter(Duration.class, 100, new DurationConverter())
        .withDefaultValues(values)
        .build()
        .getConfigMapping(KeysConfig.class);
  }
}
