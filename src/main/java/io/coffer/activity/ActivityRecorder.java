package io.coffer.activity;

import io.coffer.access.AccessEvent;
import io.coffer.access.Recorder;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import org.hibernate.reactive.mutiny.Mutiny;

/** Records through this replica's writer, and changes through the outbox. */
final class ActivityRecorder implements Recorder {

  private final ActivityWriter writer;
  private final Outbox outbox;
  private final Refusals refusals;

  ActivityRecorder(ActivityWriter writer, Outbox outbox, Refusals refusals) {
    this.writer = writer;
    this.outbox = outbox;
    this.refusals = refusals;
  }

  @Override
  public Uni<Void> record(AccessEvent event) {
    return writer.record(EventContent.of(event));
  }

  @Override
  public void note(AccessEvent event) {
    refusals.note(event);
  }

  @Override
  public Uni<Void> enlist(Mutiny.Session transaction, AccessEvent change) {
    return outbox.put(transaction, EventContent.of(change)).invoke(writer::changeEnlisted);
  }

  @Override
  public Uni<Void> enlist(SqlClient transaction, AccessEvent change) {
    return outbox.put(transaction, EventContent.of(change)).invoke(writer::changeEnlisted);
  }
}
