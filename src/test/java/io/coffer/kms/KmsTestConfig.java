package io.coffer.kms;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;

/** The configuration with the defaults that production has, but for what a test sets. */
public final class KmsTestConfig {

  private KmsTestConfig() {}

  public static KmsConfig with(Map<String, String> values) {
    return new SmallRyeConfigBuilder()
        .withMapping(KmsConfig.class)
        .withConverter(Duration.class, 100, new DurationConverter())
        .withDefaultValues(values)
        .build()
        .getConfigMapping(KmsConfig.class);
  }
}
