package io.coffer.access;

import io.smallrye.mutiny.Uni;

/** Where it is recorded who did what. */
public interface Recorder {

  /**
   * Records the event. A value leaves only after this has completed: completion means that the
   * event survives a crash.
   */
  Uni<Void> record(AccessEvent event);
}
