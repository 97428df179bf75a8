package io.coffer.job;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What came of one step of a job. */
public sealed interface JobStep {

  /**
   * Some objects were dealt with.
   *
   * @param cursor the last of them; null: the next step starts from the first object again
   * @param done how many succeeded
   * @param failures why the others did not, by object
   * @param rest how long to wait before the next step, to keep to a rate
   */
  record Progress(@Nullable UUID cursor, int done, Map<UUID, String> failures, Duration rest)
      implements JobStep {
    public Progress {
      failures = Map.copyOf(failures);
    }
  }

  /**
   * Something that the work needs cannot be reached: what was done until then counts, and the work
   * goes on later at the same place.
   *
   * @param progress what was done before
   * @param reason a code
   */
  record Pause(Progress progress, String reason) implements JobStep {}

  /** There is nothing left to do. */
  record Finished() implements JobStep {}
}
