package io.coffer.activity.verify;

import io.coffer.activity.Checkpoint;
import io.coffer.activity.Checkpoint.Head;
import io.coffer.activity.EventContent;
import io.coffer.activity.StoredEvent;
import io.coffer.activity.Stub;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the record by JDBC, row after row, as it stood at one moment. */
final class RecordReader {

  private static final int FETCHED_AT_ONCE = 500;

  private final Connection connection;

  /** Takes what to do with each row. */
  interface Each {
    /** False: that was enough. */
    boolean row(ResultSet row) throws SQLException;
  }

  /**
   * @param connection whose transaction this begins; whoever gave it ends it
   */
  RecordReader(Connection connection) throws SQLException {
    this.connection = connection;
    connection.setAutoCommit(false);
    connection.setReadOnly(true);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
  }

  /** Every row of a query, not all in memory at once; false if that was ended early. */
  boolean each(String sql, Each each) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setFetchSize(FETCHED_AT_ONCE);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          if (!each.row(rows)) {
            return false;
          }
        }
        return true;
      }
    }
  }

  /** The hash at a place of a chain. */
  Optional<byte[]> hashAt(UUID writer, long sequence) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select hash from activity where writer = ? and sequence = ?")) {
      statement.setObject(1, writer);
      statement.setLong(2, sequence);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(rows.getBytes(1)) : Optional.empty();
      }
    }
  }

  List<Stub> stubs() throws SQLException {
    List<Stub> stubs = new ArrayList<>();
    boolean _ =
        each(
            "select writer, month, first_sequence, last_sequence, previous, hash, tag"
                + " from activity_stub order by writer, month",
            row -> stubs.add(stub(row)));
    return stubs;
  }

  /** The last stub of each chain. */
  static Map<UUID, Stub> lastOf(List<Stub> stubs) {
    Map<UUID, Stub> last = new HashMap<>();
    stubs.forEach(stub -> last.put(stub.writer(), stub));
    return last;
  }

  static StoredEvent event(ResultSet row) throws SQLException {
    return new StoredEvent(
        row.getObject("writer", UUID.class),
        row.getLong("sequence"),
        row.getObject("month", LocalDate.class),
        row.getObject("id", UUID.class),
        micros(row, "time"),
        new EventContent(
            micros(row, "happened_at"),
            row.getString("actor_issuer"),
            row.getString("actor_subject"),
            row.getString("actor_kind"),
            row.getObject("organization", UUID.class),
            row.getString("target_kind"),
            row.getObject("target_id", UUID.class),
            row.getObject("target_version", Integer.class),
            row.getObject("target_revision", Long.class),
            row.getString("action"),
            row.getString("outcome"),
            row.getString("reason"),
            row.getString("request_id"),
            row.getString("client_address"),
            row.getString("face"),
            row.getString("details")),
        row.getBytes("hash"));
  }

  static Checkpoint checkpoint(ResultSet row) throws SQLException {
    UUID[] writers = (UUID[]) row.getArray("writers").getArray();
    Long[] sequences = (Long[]) row.getArray("sequences").getArray();
    byte[][] hashes = (byte[][]) row.getArray("hashes").getArray();
    List<Head> heads = new ArrayList<>();
    for (int i = 0; i < writers.length; i++) {
      heads.add(new Head(writers[i], sequences[i], hashes[i]));
    }
    return new Checkpoint(
        row.getLong("number"),
        micros(row, "time"),
        heads,
        nullable(row, "previous"),
        row.getBytes("tag"));
  }

  private static Stub stub(ResultSet row) throws SQLException {
    return new Stub(
        row.getObject("writer", UUID.class),
        row.getObject("month", LocalDate.class),
        row.getLong("first_sequence"),
        row.getLong("last_sequence"),
        nullable(row, "previous"),
        row.getBytes("hash"),
        row.getBytes("tag"));
  }

  private static byte @Nullable [] nullable(ResultSet row, String column) throws SQLException {
    return row.getBytes(column);
  }

  private static long micros(ResultSet row, String column) throws SQLException {
    return EventContent.micros(row.getObject(column, OffsetDateTime.class).toInstant());
  }
}
