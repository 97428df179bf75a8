package io.coffer.activity;

import io.coffer.activity.Checkpoint.Head;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** The table of checkpoints, and the ends of chains that they bind. */
final class CheckpointStore {

  private static final String COLUMNS = "number, time, writers, sequences, hashes, previous, tag";

  // From writer to writer by the index, and to the end of each: the rows between are not looked at.
  private static final String HEADS =
      """
      with recursive w as (
        (select a.writer from activity a where a.month >= $1 order by a.writer limit 1)
        union all
        select (select a.writer from activity a where a.month >= $1 and a.writer > w.writer
                order by a.writer limit 1)
        from w where w.writer is not null)
      select h.writer, h.sequence, h.hash from w cross join lateral (
        select a.writer, a.sequence, a.hash from activity a
        where a.writer = w.writer and a.month >= $1 order by a.sequence desc limit 1) h
      where w.writer is not null order by h.writer""";

  private static final String BOUND =
      "select h.writer, max(h.sequence) as sequence from activity_checkpoint c"
          + " cross join lateral unnest(c.writers, c.sequences) as h (writer, sequence)"
          + " where c.number > $1 and c.time >= $2 group by h.writer";

  private static final String INSERT =
      "insert into activity_checkpoint ("
          + COLUMNS
          + ") select $3, $4, $5, $6, $7, $8, $9 where "
          + Lease.HELD;

  private final Pool pool;

  CheckpointStore(Pool pool) {
    this.pool = pool;
  }

  Uni<Optional<Checkpoint>> last() {
    return pool.query(
            "select " + COLUMNS + " from activity_checkpoint order by number desc limit 1")
        .execute()
        .map(rows -> read(rows, CheckpointStore::read).stream().findFirst());
  }

  /** Some checkpoints in their order, from the one after a number on. */
  Uni<List<Checkpoint>> after(long number, int most) {
    return pool.preparedQuery(
            "select "
                + COLUMNS
                + " from activity_checkpoint where number > $1 order by number limit $2")
        .execute(Tuple.of(number, most))
        .map(rows -> read(rows, CheckpointStore::read));
  }

  /** The ends of all chains that were written in a month or later. */
  Uni<List<Head>> heads(LocalDate since) {
    return pool.preparedQuery(HEADS)
        .execute(Tuple.of(since))
        .map(rows -> read(rows, CheckpointStore::head));
  }

  /** The last bound sequences by writer, of the checkpoints after a number and since a time. */
  Uni<Map<UUID, Long>> bound(long number, long since) {
    return pool.preparedQuery(BOUND)
        .execute(Tuple.of(number, LinkedGroup.at(since)))
        .map(
            rows -> {
              Map<UUID, Long> bound = new HashMap<>();
              rows.forEach(row -> bound.put(row.getUUID(0), row.getLong(1)));
              return bound;
            });
  }

  /** Stores the checkpoint while the lease is held; false if it is not. */
  Uni<Boolean> insert(Checkpoint made, Lease lease) {
    List<Head> heads = made.heads();
    byte[] previous = made.previous();
    return pool.preparedQuery(INSERT)
        .execute(
            Tuple.from(
                Arrays.asList(
                    lease.name(),
                    lease.owner(),
                    made.number(),
                    LinkedGroup.at(made.time()),
                    heads.stream().map(Head::writer).toArray(UUID[]::new),
                    heads.stream().map(Head::sequence).toArray(Long[]::new),
                    heads.stream().map(it -> Buffer.buffer(it.hash())).toArray(Buffer[]::new),
                    previous == null ? null : Buffer.buffer(previous),
                    Buffer.buffer(made.tag()))))
        .map(rows -> rows.rowCount() == 1);
  }

  static Head head(Row row) {
    return new Head(row.getUUID("writer"), row.getLong("sequence"), bytes(row, "hash"));
  }

  static byte[] bytes(Row row, String column) {
    return row.getBuffer(column).getBytes();
  }

  private static Checkpoint read(Row row) {
    UUID[] writers = row.getArrayOfUUIDs("writers");
    Long[] sequences = row.getArrayOfLongs("sequences");
    Buffer[] hashes = row.getDelegate().getArrayOfBuffers("hashes");
    List<Head> heads = new ArrayList<>();
    for (int i = 0; i < writers.length; i++) {
      heads.add(new Head(writers[i], sequences[i], hashes[i].getBytes()));
    }
    return new Checkpoint(
        row.getLong("number"),
        EventContent.micros(row.getOffsetDateTime("time").toInstant()),
        heads,
        row.getBuffer("previous") == null ? null : bytes(row, "previous"),
        bytes(row, "tag"));
  }

  static <T> List<T> read(RowSet<Row> rows, Function<Row, T> reader) {
    List<T> all = new ArrayList<>(rows.size());
    rows.forEach(row -> all.add(reader.apply(row)));
    return all;
  }
}
