package io.coffer.activity;

import io.coffer.access.AccessEvent;
import io.coffer.access.AccessEvent.Outcome;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.hibernate.reactive.mutiny.Mutiny;

/** The events of changes, between the transaction of the change and the chain that takes them. */
final class Outbox {

  /** The most changes that one commit links. */
  static final int MOST = 500;

  private static final String PUT =
      "insert into activity_outbox (id, replica, event) values ($1, $2, $3)";
  private static final String PUT_BY_HIBERNATE =
      "insert into activity_outbox (id, replica, event) values (?1, ?2, ?3)";

  // What another writer is about to link is passed over; if that one fails, its rows are free
  // again.
  private static final String TAKE =
      "delete from activity_outbox where id = any (array("
          + "select id from activity_outbox where replica = $1"
          + " or created_at < clock_timestamp() - make_interval(secs => $2)"
          + " order by id limit "
          + MOST
          + " for update skip locked)) returning id, event";

  private final UUID replica;
  private final double takeOverSeconds;
  private final AtomicLong count = new AtomicLong();

  /**
   * @param replica who writes here, by an id that no other process has
   * @param takeOver after what time the changes that another one left are taken
   */
  Outbox(UUID replica, Duration takeOver) {
    this.replica = replica;
    this.takeOverSeconds = takeOver.toMillis() / 1000.0;
  }

  Uni<Void> put(SqlClient transaction, EventContent event) {
    return transaction
        .preparedQuery(PUT)
        .execute(
            io.vertx.mutiny.sqlclient.Tuple.of(
                newId(event), replica, Buffer.buffer(new EventBytes().of(event))))
        .replaceWithVoid();
  }

  Uni<Void> put(Mutiny.Session transaction, EventContent event) {
    return transaction
        .createNativeQuery(PUT_BY_HIBERNATE)
        .setParameter(1, newId(event))
        .setParameter(2, replica)
        .setParameter(3, new EventBytes().of(event))
        .executeUpdate()
        .replaceWithVoid();
  }

  /** Takes changes out of the outbox, in the transaction that links them. */
  Future<List<EventContent>> take(PgConnection transaction) {
    return transaction
        .preparedQuery(TAKE)
        .execute(Tuple.of(replica, takeOverSeconds))
        .map(
            rows -> {
              List<Row> taken = new ArrayList<>(rows.size());
              rows.forEach(taken::add);
              taken.sort((one, other) -> compare(one.getUUID(0), other.getUUID(0)));
              return taken.stream().map(Outbox::read).toList();
            });
  }

  /** In the order in which this replica put them there. */
  private UUID newId(EventContent event) {
    return StoredEvent.idOf(replica, count.incrementAndGet(), event.happenedAt());
  }

  /** A row that nobody of us wrote must not keep the others from being linked. */
  private static EventContent read(Row row) {
    try {
      return EventReader.read(row.getBuffer(1).getBytes());
    } catch (IllegalArgumentException e) {
      return EventContent.of(
          AccessEvent.byCoffer("outbox_unreadable", Instant.now(), Outcome.FAILED)
              .with(Map.of("row", row.getUUID(0).toString())));
    }
  }

  private static int compare(UUID one, UUID other) {
    int byTime = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
    return byTime != 0
        ? byTime
        : Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits());
  }
}
