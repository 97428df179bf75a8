package io.coffer.activity;

import io.coffer.kms.KeyPurpose;
import io.coffer.kms.RowTags;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.logging.Logger;

/** Drops the parts of the table whose time is over; what is left is a stub per chain. */
final class Retention {

  private static final Logger LOG = Logger.getLogger(Retention.class);

  private static final String PARTS =
      "select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid"
          + " where i.inhparent = 'activity'::regclass";

  /** What each chain has in a month, and the hash before it: of an event or of a stub. */
  private static final String SPANS =
      """
      select s.writer, s.first, s.last, l.hash, coalesce(p.hash, q.hash) as previous
      from (select writer, min(sequence) as first, max(sequence) as last from activity
            where month = $1 group by writer) s
      join activity l on l.writer = s.writer and l.sequence = s.last
      left join activity p on p.writer = s.writer and p.sequence = s.first - 1
      left join activity_stub q on q.writer = s.writer and q.last_sequence = s.first - 1""";

  private static final String INSERT =
      "insert into activity_stub (writer, month, first_sequence, last_sequence, previous, hash, tag)"
          + " values ($1, $2, $3, $4, $5, $6, $7)";

  private final Pool pool;
  private final RowTags tags;
  private final Lease lease;
  private final Clock clock;
  private final int keepMonths;

  /**
   * @param keepMonths how many months are kept besides the one at hand
   */
  Retention(Pool pool, RowTags tags, Lease lease, Clock clock, int keepMonths) {
    this.pool = pool;
    this.tags = tags;
    this.lease = lease;
    this.clock = clock;
    this.keepMonths = keepMonths;
  }

  /** Drops what is over, the oldest first, if no other replica is at it; tells the months. */
  Uni<List<LocalDate>> run() {
    return lease
        .take()
        .flatMap(mine -> mine ? months() : Uni.createFrom().item(List.<LocalDate>of()))
        .call(
            months ->
                Multi.createFrom()
                    .iterable(months)
                    .onItem()
                    .transformToUniAndConcatenate(this::drop)
                    .collect()
                    .asList());
  }

  private Uni<List<LocalDate>> months() {
    LocalDate oldestKept =
        StoredEvent.monthOf(EventContent.micros(clock.instant())).minusMonths(keepMonths);
    return pool.query(PARTS)
        .execute()
        .map(
            rows -> {
              Set<LocalDate> over = new TreeSet<>();
              rows.forEach(row -> over.add(Partitions.monthOf(row.getString(0))));
              return over.stream().filter(month -> month.isBefore(oldestKept)).toList();
            });
  }

  private Uni<Void> drop(LocalDate month) {
    return pool.preparedQuery(SPANS)
        .execute(Tuple.of(month))
        .map(rows -> CheckpointStore.read(rows, row -> stub(row, month)))
        .flatMap(this::tagged)
        .flatMap(
            stubs ->
                pool.withTransaction(
                    connection ->
                        insert(connection, stubs).chain(() -> dropPart(connection, month))))
        .invoke(() -> LOG.infof("the events of %s were dropped", month));
  }

  private static Stub stub(Row row, LocalDate month) {
    return new Stub(
        row.getUUID("writer"),
        month,
        row.getLong("first"),
        row.getLong("last"),
        row.getBuffer("previous") == null ? null : CheckpointStore.bytes(row, "previous"),
        CheckpointStore.bytes(row, "hash"),
        new byte[0]);
  }

  private Uni<List<Stub>> tagged(List<Stub> stubs) {
    return Multi.createFrom()
        .iterable(stubs)
        .onItem()
        .transformToUniAndConcatenate(
            stub -> tags.tag(KeyPurpose.CHECKPOINTS, Stub.DOMAIN, stub.canonical()).map(stub::with))
        .collect()
        .asList();
  }

  private static Uni<Void> insert(SqlConnection connection, List<Stub> stubs) {
    if (stubs.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    List<Tuple> rows =
        stubs.stream()
            .map(
                stub -> {
                  byte[] previous = stub.previous();
                  return Tuple.from(
                      Arrays.asList(
                          stub.writer(),
                          stub.month(),
                          stub.first(),
                          stub.last(),
                          previous == null ? null : Buffer.buffer(previous),
                          Buffer.buffer(stub.hash()),
                          Buffer.buffer(stub.tag())));
                })
            .toList();
    return connection.preparedQuery(INSERT).executeBatch(rows).replaceWithVoid();
  }

  /** Not for long: whoever writes waits meanwhile. */
  private static Uni<Void> dropPart(SqlConnection connection, LocalDate month) {
    return connection
        .query("set local lock_timeout = '1s'")
        .execute()
        .chain(() -> connection.query("drop table " + Partitions.nameOf(month)).execute())
        .replaceWithVoid();
  }
}
