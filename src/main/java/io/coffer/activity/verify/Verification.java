package io.coffer.activity.verify;

import io.coffer.activity.Stub;
import io.coffer.activity.verify.Finding.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * Reads the whole record of a database as it stood at one moment and finds what is not as it was
 * recorded: links, checkpoints, and the rows of credentials against their last changes.
 */
public final class Verification {

  private static final String EVENTS = "select * from activity order by writer, sequence";
  private static final String CHECKPOINTS = "select * from activity_checkpoint order by number";

  private final Tags tags;
  private final BooleanSupplier goOn;

  /**
   * @param tags checks the tags of checkpoints and stubs
   * @param goOn false: it has taken long enough
   */
  public Verification(Tags tags, BooleanSupplier goOn) {
    this.tags = tags;
    this.goOn = goOn;
  }

  /**
   * Verifies.
   *
   * @param connection to the database; its transaction is used and ended
   * @throws SQLException if the database cannot be read
   */
  public Report run(Connection connection) throws SQLException {
    return run(connection, List.of());
  }

  Report run(Connection connection, List<OutsideCheckpoint> outside) throws SQLException {
    Tally tally = new Tally();
    tally.tagsChecked = tags.canCheck();
    RecordReader reader = new RecordReader(connection);
    try {
      return tally.report(checked(reader, tally, outside));
    } finally {
      connection.rollback();
    }
  }

  private boolean checked(RecordReader reader, Tally tally, List<OutsideCheckpoint> outside)
      throws SQLException {
    List<Stub> stubs = reader.stubs();
    Map<UUID, Stub> last = RecordReader.lastOf(stubs);
    CheckpointCheck checkpoints = new CheckpointCheck(tally, reader, tags, last);
    checkpoints.stubs(stubs);
    ChainCheck chains = new ChainCheck(tally, last, checkpoints.bound());
    boolean complete =
        reader.each(
            EVENTS,
            row -> {
              chains.accept(RecordReader.event(row));
              return goOn.getAsBoolean();
            });
    if (!complete) {
      return false;
    }
    for (ChainCheck.Named named : chains.named()) {
      check(named, reader, tally, last);
    }
    complete =
        reader.each(
            CHECKPOINTS,
            row -> {
              checkpoints.accept(RecordReader.checkpoint(row));
              return goOn.getAsBoolean();
            });
    if (!complete) {
      return false;
    }
    checkpoints.run();
    for (OutsideCheckpoint kept : outside) {
      checkpoints.outside(kept);
    }
    new CredentialCheck(tally).run(reader);
    return goOn.getAsBoolean();
  }

  /** A chain that another one goes on from reaches that place; it may go on beyond it. */
  private static void check(
      ChainCheck.Named named, RecordReader reader, Tally tally, Map<UUID, Stub> stubs)
      throws SQLException {
    Stub stub = stubs.get(named.writer());
    if (stub != null && named.sequence() <= stub.last()) {
      return;
    }
    Optional<byte[]> found = reader.hashAt(named.writer(), named.sequence());
    if (found.isEmpty()) {
      tally.chain(
          Kind.CUT,
          named.writer(),
          named.sequence(),
          "the chain ends before it, which " + named.by() + " goes on from");
    } else if (!Arrays.equals(found.get(), named.hash())) {
      tally.chain(
          Kind.REWRITTEN,
          named.writer(),
          named.sequence(),
          "the chain is not the one that " + named.by() + " goes on from");
    }
  }
}
