package io.coffer.activity.verify;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A place where something is not as it was recorded.
 *
 * @param kind what is wrong
 * @param writer the chain; null: it is not about one
 * @param sequence the place in the chain; null: it is not about one
 * @param checkpoint the number of the checkpoint; null: it is not about one
 * @param credential the credential; null: it is not about one
 * @param message what was found, for people to read
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Finding(
    Kind kind,
    @Nullable UUID writer,
    @Nullable Long sequence,
    @Nullable Long checkpoint,
    @Nullable UUID credential,
    String message) {

  /** What can be wrong. */
  public enum Kind {
    /** An event does not fit its hash: it was edited, moved, or put into another chain. */
    EDITED,
    /** Events are missing within a chain or at its beginning. */
    MISSING,
    /** A chain ends before a place that something else names. */
    CUT,
    /** A chain is not the one that a checkpoint bound: it was computed anew. */
    REWRITTEN,
    /** A checkpoint or stub was edited, forged, or is missing. */
    CHECKPOINT,
    /** A row is not as its last recorded change left it. */
    ROW
  }

  static Finding ofChain(Kind kind, UUID writer, long sequence, String message) {
    return new Finding(kind, writer, sequence, null, null, message);
  }

  static Finding ofBound(Kind kind, UUID writer, long sequence, long checkpoint, String message) {
    return new Finding(kind, writer, sequence, checkpoint, null, message);
  }

  static Finding ofCheckpoint(long number, String message) {
    return new Finding(Kind.CHECKPOINT, null, null, number, null, message);
  }

  static Finding ofCredential(UUID credential, String message) {
    return new Finding(Kind.ROW, null, null, null, credential, message);
  }
}
