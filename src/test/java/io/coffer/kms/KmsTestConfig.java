package io.coffer.kms;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The configuration with the defaults that production has, but for what a test sets. */
public final class KmsTestConfig {

  private KmsTestConfig() {}

  public static KmsConfig with(Map<String, String> values) {
    return mapping(KmsConfig.class, values);
  }

  /** The switches for unsafe settings, with the named ones on. */
  public static KmsAllowances allowing(Set<String> switches) {
    return mapping(
        KmsAllowances.class,
        switches.stream().collect(Collectors.toMap(name -> "coffer.allow." + name, _ -> "true")));
  }

  private static <T> T mapping(Class<T> type, Map<String, String> values) {
    return new SmallRyeConfigBuilder()
        .withMapping(type)
        .withConverter(Duration.class, 100, new DurationConverter())
        .withDefaultValues(values)
        .build()
        .getConfigMapping(type);
  }
}
