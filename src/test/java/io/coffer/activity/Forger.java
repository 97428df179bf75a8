package io.coffer.activity;

import io.coffer.testing.TestDatabase;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.UUID;

/** Somebody who may write the database and knows the code, but has no key. */
final class Forger {

  private Forger() {}

  /** Puts another name into an event and computes the chain anew from there on. */
  static void rewrite(TestDatabase database, UUID writer, long from, String subject) {
    database
        .pool()
        .preparedQuery("update activity set actor_subject = $3 where writer = $1 and sequence = $2")
        .executeAndAwait(Tuple.of(writer, from, subject));
    Hashes hashes = new Hashes();
    byte[] head = Hashes.beginning();
    for (Row row :
        database
            .pool()
            .preparedQuery("select * from activity where writer = $1 order by sequence")
            .executeAndAwait(Tuple.of(writer))) {
      StoredEvent event = EventRows.read(row);
      head = hashes.link(head, writer, event.sequence(), event.id(), event.time(), event.content());
      database
          .pool()
          .preparedQuery("update activity set hash = $3 where writer = $1 and sequence = $2")
          .executeAndAwait(Tuple.of(writer, event.sequence(), Buffer.buffer(head)));
    }
  }
}
