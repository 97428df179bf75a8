package io.coffer.activity;

import io.coffer.crypto.CanonicalWriter;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a chain's events in a month that was dropped: enough to go on from there.
 *
 * @param first the sequence of the first of them
 * @param last the sequence of the last
 * @param previous the hash before the first; null: the chain began there
 * @param hash the hash of the last
 * @param tag over all the others
 */
public record Stub(
    UUID writer,
    LocalDate month,
    long first,
    long last,
    byte @Nullable [] previous,
    byte[] hash,
    byte[] tag) {

  /** What the tag is about. */
  public static final String DOMAIN = "activity_stub";

  public byte[] canonical() {
    try (CanonicalWriter writer = new CanonicalWriter()) {
      return writer
          .part(this.writer)
          .part(month.toEpochDay())
          .part(first)
          .part(last)
          .part(previous == null ? new byte[0] : previous)
          .part(hash)
          .toBytes();
    }
  }

  Stub with(byte[] newTag) {
    return new Stub(writer, month, first, last, previous, hash, newTag);
  }
}
