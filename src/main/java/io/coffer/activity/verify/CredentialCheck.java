package io.coffer.activity.verify;

import io.coffer.activity.EventContent;
import io.coffer.activity.EventReader;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Compares the rows of credentials with the last change that was recorded of each: a row that was
 * put back to an older state opens, but is not what its last change left.
 */
final class CredentialCheck {

  /** The detail of a change that has the SHA-256 of the sealed value; {@code none} once purged. */
  private static final String SEALED = "sealed";

  private static final String NONE = "none";

  private static final String ROWS =
      "select c.id, c.revision, c.sealed, e.target_revision, e.details from credential c"
          + " left join lateral (select a.target_revision, a.details from activity a"
          + " where a.target_id = c.id and a.details is not null and a.target_revision is not null"
          + " and a.target_kind = 'credential' and a.details like '%sealed=%'"
          + " order by a.target_revision desc, a.time desc, a.id desc limit 1) e on true"
          + " order by c.id";

  private static final String GONE =
      "select distinct a.target_id from activity a where a.details is not null"
          + " and a.target_kind = 'credential' and a.action = 'create'"
          + " and not exists (select 1 from credential c where c.id = a.target_id)";

  private final Tally tally;
  private final Map<UUID, Change> waiting = new HashMap<>();

  CredentialCheck(Tally tally) {
    this.tally = tally;
  }

  /**
   * How a change left a row.
   *
   * @param revision of the row
   * @param digest of its sealed value in hexadecimal
   */
  private record Change(long revision, String digest) {}

  void run(RecordReader reader) throws SQLException {
    boolean _ = reader.each("select id, event from activity_outbox order by id", this::waits);
    boolean _ = reader.each(ROWS, this::accept);
    boolean _ =
        reader.each(
            GONE,
            row -> {
              UUID id = row.getObject(1, UUID.class);
              tally.add(Finding.ofCredential(id, "the row is gone"));
              return true;
            });
  }

  /** A change that is committed and not yet in a chain. */
  private boolean waits(ResultSet row) throws SQLException {
    try {
      EventContent event = EventReader.read(row.getBytes("event"));
      Change change = change(event.targetRevision(), event.detailsByName().get(SEALED));
      if (change != null && event.targetId() != null) {
        waiting.put(event.targetId(), change);
      }
    } catch (IllegalArgumentException e) {
      tally.add(
          Finding.ofCredential(
              row.getObject("id", UUID.class), "a row of the outbox cannot be read"));
    }
    return true;
  }

  private boolean accept(ResultSet row) throws SQLException {
    tally.credentials++;
    UUID id = row.getObject("id", UUID.class);
    Change last = last(id, row);
    if (last == null) {
      // Made before changes were recorded, or its last change is older than what is kept.
      return true;
    }
    long revision = row.getLong("revision");
    byte[] sealedBytes = row.getBytes("sealed");
    String digest = sealedBytes == null ? NONE : sha256(sealedBytes);
    if (revision < last.revision()) {
      tally.add(
          Finding.ofCredential(
              id, "the row is at revision " + revision + ", the record at " + last.revision()));
    } else if (revision > last.revision()) {
      tally.add(Finding.ofCredential(id, "the row was changed without a record"));
    } else if (!digest.equals(last.digest())) {
      tally.add(Finding.ofCredential(id, "the sealed value is not the one that was recorded"));
    }
    return true;
  }

  private @Nullable Change last(UUID id, ResultSet row) throws SQLException {
    Long revision = row.getObject("target_revision", Long.class);
    String details = row.getString("details");
    Change linked = null;
    if (revision != null && details != null) {
      for (String line : details.split("\n", -1)) {
        if (line.startsWith(SEALED + "=")) {
          linked = new Change(revision, line.substring(SEALED.length() + 1));
        }
      }
    }
    Change newer = waiting.get(id);
    return newer != null && (linked == null || newer.revision() >= linked.revision())
        ? newer
        : linked;
  }

  private static @Nullable Change change(@Nullable Long revision, @Nullable String digest) {
    return revision == null || digest == null
        ? null
        : new Change(Objects.requireNonNull(revision), digest);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
