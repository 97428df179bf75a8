package io.coffer.activity.verify;

import io.coffer.activity.Checkpoint;
import io.coffer.activity.Checkpoint.Head;
import io.coffer.activity.StoredEvent;
import io.coffer.activity.Stub;
import io.coffer.activity.verify.Finding.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Compares the chains with the checkpoints, those of the database and those kept elsewhere. */
final class CheckpointCheck {

  /** Heads that the chains do not have, from the first checkpoint on. */
  private static final String UNLIKE =
      "select c.number, h.writer, h.sequence, h.hash, a.hash as found from activity_checkpoint c"
          + " cross join lateral unnest(c.writers, c.sequences, c.hashes)"
          + " as h (writer, sequence, hash)"
          + " left join activity a on a.writer = h.writer and a.sequence = h.sequence"
          + " where a.hash is distinct from h.hash order by c.number, h.writer";

  private static final String BOUND =
      "select h.writer, max(h.sequence) as sequence from activity_checkpoint c"
          + " cross join lateral unnest(c.writers, c.sequences) as h (writer, sequence)"
          + " group by h.writer";

  private final Tally tally;
  private final RecordReader reader;
  private final Tags tags;
  private final Map<UUID, Stub> stubs;
  private @Nullable Checkpoint before;

  CheckpointCheck(Tally tally, RecordReader reader, Tags tags, Map<UUID, Stub> stubs) {
    this.tally = tally;
    this.reader = reader;
    this.tags = tags;
    this.stubs = stubs;
  }

  void stubs(List<Stub> all) {
    for (Stub stub : all) {
      if (!tags.fits(Stub.DOMAIN, stub.canonical(), stub.tag())) {
        tally.chain(
            Kind.CHECKPOINT,
            stub.writer(),
            stub.first(),
            "the stub of " + stub.month() + " does not fit its tag");
      }
    }
  }

  /** The chain of the checkpoints themselves; the row is the next one. */
  void accept(Checkpoint checkpoint) {
    tally.checkpoints++;
    long number = checkpoint.number();
    Checkpoint last = before;
    if (number != (last == null ? 1 : last.number() + 1)) {
      tally.add(Finding.ofCheckpoint(number, "checkpoints before it are missing"));
    } else if (last != null && !Arrays.equals(checkpoint.previous(), last.tag())) {
      tally.add(Finding.ofCheckpoint(number, "it does not carry the tag of the one before"));
    } else if (!tags.fits(Checkpoint.DOMAIN, checkpoint.canonical(), checkpoint.tag())) {
      tally.add(Finding.ofCheckpoint(number, "it does not fit its tag"));
    }
    before = checkpoint;
  }

  /** A head that the chain does not have. */
  boolean unlike(ResultSet row) throws SQLException {
    Head head =
        new Head(
            row.getObject("writer", UUID.class), row.getLong("sequence"), row.getBytes("hash"));
    judge(head, row.getLong("number"), Optional.ofNullable(row.getBytes("found")));
    return true;
  }

  void run() throws SQLException {
    boolean _ = reader.each(UNLIKE, this::unlike);
  }

  /** Up to where each chain is bound. */
  Map<UUID, Long> bound() throws SQLException {
    Map<UUID, Long> bound = new HashMap<>();
    boolean _ =
        reader.each(
            BOUND,
            row -> {
              bound.put(row.getObject("writer", UUID.class), row.getLong("sequence"));
              return true;
            });
    return bound;
  }

  /** What was kept elsewhere must be in the database, and so must what it binds. */
  void outside(OutsideCheckpoint kept) throws SQLException {
    boolean[] same = new boolean[1];
    boolean _ =
        reader.each(
            "select tag from activity_checkpoint where number = " + kept.number(),
            row -> {
              same[0] = kept.tag().equals(StoredEvent.hex(row.getBytes(1)));
              return true;
            });
    if (!same[0]) {
      tally.add(Finding.ofCheckpoint(kept.number(), "it is not the one that was kept elsewhere"));
    }
    for (Head head : kept.heads()) {
      judge(head, kept.number(), reader.hashAt(head.writer(), head.sequence()));
    }
  }

  private void judge(Head head, long number, Optional<byte[]> found) {
    Stub stub = stubs.get(head.writer());
    if (stub != null && head.sequence() <= stub.last()) {
      boolean other = head.sequence() == stub.last() && !Arrays.equals(stub.hash(), head.hash());
      if (!other) {
        return;
      }
    }
    if (found.isEmpty()) {
      tally.add(
          Finding.ofBound(
              Kind.CUT, head.writer(), head.sequence(), number, "the chain ends before it"));
    } else if (!Arrays.equals(found.get(), head.hash())) {
      tally.add(
          Finding.ofBound(
              Kind.REWRITTEN,
              head.writer(),
              head.sequence(),
              number,
              "the chain is not the one that was bound here"));
    }
  }
}
