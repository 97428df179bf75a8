package io.coffer.job;

import io.smallrye.mutiny.Uni;
import java.util.Set;
import java.util.UUID;

/** One kind of job. A step may be done twice after a crash, so doing it twice must do no harm. */
interface JobWork {

  /** The name in the database. */
  String kind();

  /** Whether other jobs of the kind have their turn after each step. */
  default boolean takesTurns() {
    return false;
  }

  /**
   * Does the next few objects; takes less time than a lease.
   *
   * @param failed the objects that could not be dealt with before, to be left out
   */
  Uni<JobStep> step(Job job, Set<UUID> failed);
}
