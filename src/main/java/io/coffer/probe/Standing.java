package io.coffer.probe;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a credential stands after a verdict.
 *
 * @param id of the verdict in the history; null: it was not kept
 * @param isValid the last definite verdict
 * @param nextCheckAt when it is looked at again; null: nobody will
 */
record Standing(@Nullable UUID id, @Nullable Boolean isValid, @Nullable Instant nextCheckAt) {

  /** Of a verdict that is not kept. */
  static final Standing NONE = new Standing(null, null, null);
}
