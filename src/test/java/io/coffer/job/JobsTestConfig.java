package io.coffer.job;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;

/** The configuration with the defaults that production has, but for times that a test waits for. */
final class JobsTestConfig {

  private JobsTestConfig() {}

  static JobsConfig withLease(String lease) {
    return new SmallRyeConfigBuilder()
        .withMapping(JobsConfig.class)
        .withConverter(Duration.class, 100, new DurationConverter())
        .withDefaultValues(Map.of("coffer.jobs.lease", lease, "coffer.jobs.pause", "1ms"))
        .build()
        .getConfigMapping(JobsConfig.class);
  }
}
