package io.coffer.job;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job as it stands.
 *
 * @param kind which work it is
 * @param parameters what the work was asked to do; never a secret
 * @param cursor the last object that was dealt with in this pass; null: none
 * @param total how many objects there were at the start
 * @param done how many were dealt with
 * @param failed how many could not be
 * @param waitsFor why it rests, a code; null: it does not
 * @param createdBy issuer and subject of who asked for it
 */
public record Job(
    UUID id,
    String kind,
    JsonObject parameters,
    State state,
    @Nullable UUID cursor,
    long total,
    long done,
    long failed,
    @Nullable String waitsFor,
    String createdBy,
    Instant createdAt,
    @Nullable Instant finishedAt) {

  /** Where a job is in its life. */
  public enum State {
    WAITING,
    RUNNING,
    DONE;

    static State ofStored(String name) {
      return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** The name in answers and in the database. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
