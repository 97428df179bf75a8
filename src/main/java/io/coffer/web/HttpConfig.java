package io.coffer.web;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Bounds of the requests to the API. */
@ConfigMapping(prefix = "coffer.http")
public interface HttpConfig {

  /**
   * How long a request may take, from its first byte on. One that has not arrived by then is
   * answered with 408, one that could not be answered with 503.
   */
  @WithDefault("30S")
  Duration deadline();
}
