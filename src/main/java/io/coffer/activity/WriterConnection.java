package io.coffer.activity;

import io.vertx.core.Future;
import io.vertx.pgclient.PgConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The writer's own connection to the database: one that nobody else can keep busy, and that can be
 * given up with whatever it is doing.
 */
final class WriterConnection {

  private final PgConnection connection;
  private final Clock clock;
  private final long ahead;

  private WriterConnection(PgConnection connection, Clock clock, long ahead) {
    this.connection = connection;
    this.clock = clock;
    this.ahead = ahead;
  }

  /**
   * Settings of the session: commits are durable, and the server gives up by itself what nobody
   * waits for any more.
   */
  static Map<String, String> session(Duration deadline) {
    String millis = Long.toString(deadline.toMillis());
    return Map.of(
        "synchronous_commit", "on",
        "statement_timeout", millis,
        "idle_in_transaction_session_timeout", millis);
  }

  /**
   * Connects, reads the database's clock, and makes the parts of the table that are needed next.
   */
  static Future<WriterConnection> open(Supplier<Future<PgConnection>> opening, Clock clock) {
    return attempt(opening)
        .compose(connection -> prepared(connection, clock).onFailure(_ -> giveUp(connection)));
  }

  private static Future<PgConnection> attempt(Supplier<Future<PgConnection>> opening) {
    try {
      return opening.get();
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  private static Future<WriterConnection> prepared(PgConnection connection, Clock clock) {
    return connection
        .query("select clock_timestamp()")
        .execute()
        .map(rows -> rows.iterator().next().get(OffsetDateTime.class, 0))
        .map(now -> EventContent.micros(now.toInstant()) - EventContent.micros(clock.instant()))
        .map(ahead -> new WriterConnection(connection, clock, ahead))
        .compose(made -> made.ensurePartitions().map(made));
  }

  /** The time by the database's clock, in microseconds since 1970. */
  long now() {
    return EventContent.micros(clock.instant()) + ahead;
  }

  Future<Void> ensurePartitions() {
    return Partitions.ensure(connection, StoredEvent.monthOf(now()));
  }

  PgConnection sql() {
    return connection;
  }

  /** Writes a group in a transaction of its own. */
  Future<LinkedGroup> insert(LinkedGroup group) {
    if (group.size() == 0) {
      return Future.succeededFuture(group);
    }
    return connection
        .preparedQuery(group.sql())
        .execute(group.parameters())
        .map(
            written -> {
              if (written.rowCount() != group.size()) {
                throw new IllegalStateException("the group was too old to be written");
              }
              return group;
            });
  }

  /** Events that are to be linked, once they are known. */
  interface Linking {
    LinkedGroup link(List<EventContent> changes);
  }

  /** Takes changes from the outbox and writes them with a group, in one transaction. */
  Future<LinkedGroup> insertWithChanges(Outbox outbox, Linking linking) {
    return connection
        .begin()
        .compose(
            transaction ->
                outbox
                    .take(connection)
                    .map(linking::link)
                    .compose(this::insert)
                    .compose(group -> transaction.commit().map(group)));
  }

  /** Leaves the connection with whatever it is doing; nobody may use it any more. */
  void giveUp() {
    giveUp(connection);
  }

  private static void giveUp(PgConnection connection) {
    connection.closeHandler(_ -> {});
    // Either may fail: then the server's own time limits end what goes on there.
    connection.cancelRequest().onComplete(_ -> connection.close().onComplete(_ -> {}));
  }
}
