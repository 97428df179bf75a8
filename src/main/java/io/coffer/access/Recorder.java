package io.coffer.access;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import org.hibernate.reactive.mutiny.Mutiny;

/** Where it is recorded who did what. */
public interface Recorder {

  /**
   * Records that a value is released. It leaves only after this has completed: completion means
   * that the event survives a crash.
   *
   * @return fails if the event could not be recorded in time; then nothing may leave
   */
  Uni<Void> record(AccessEvent event);

  /**
   * Records a refusal or a failed log-in. Nobody waits for it; equal ones may be joined, and under
   * a flood they are counted instead.
   */
  void note(AccessEvent event);

  /** Records a change in the change's own transaction: both happen, or neither. */
  Uni<Void> enlist(Mutiny.Session transaction, AccessEvent change);

  /** As {@link #enlist(Mutiny.Session, AccessEvent)}, beneath Hibernate. */
  Uni<Void> enlist(SqlClient transaction, AccessEvent change);
}
