package io.coffer.job;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How resumable work is done. */
@ConfigMapping(prefix = "coffer.jobs")
public interface JobsConfig {

  /** How often a replica looks for work that nobody does. */
  @WithDefault("10s")
  Duration poll();

  /**
   * How long a replica may be silent about the work it does before another one takes it over;
   * longer than any one step.
   */
  @WithDefault("60s")
  Duration lease();

  /** How long work rests when something it needs cannot be reached. */
  @WithDefault("10s")
  Duration pause();

  /** How many data keys are re-wrapped per second, at most. */
  @WithDefault("20")
  int rewrapRate();
}
