package io.coffer.activity;

import io.coffer.crypto.CanonicalWriter;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Binds the heads of chains: what stands before a bound head cannot be cut or rewritten without the
 * key of the tag.
 *
 * @param number from 1, without a gap
 * @param time when it was made, in microseconds since 1970
 * @param heads of the chains written since the one before, by writer
 * @param previous the tag of the one before; null: this is the first
 * @param tag over all the others, see {@link io.coffer.kms.RowTags}
 */
public record Checkpoint(
    long number, long time, List<Head> heads, byte @Nullable [] previous, byte[] tag) {

  /** What the tag is about. */
  public static final String DOMAIN = "activity_checkpoint";

  /** The end of a chain as it was. */
  public record Head(UUID writer, long sequence, byte[] hash) {

    String text() {
      return writer + ":" + sequence + ":" + StoredEvent.hex(hash);
    }
  }

  public Checkpoint {
    heads = List.copyOf(heads);
  }

  /** What the tag is over. */
  public byte[] canonical() {
    try (CanonicalWriter writer = new CanonicalWriter()) {
      writer.part(number).part(time).part(previous == null ? new byte[0] : previous);
      writer.part(heads.size());
      for (Head head : heads) {
        writer.part(head.writer()).part(head.sequence()).part(head.hash());
      }
      return writer.toBytes();
    }
  }

  Checkpoint with(byte[] newTag) {
    return new Checkpoint(number, time, heads, previous, newTag);
  }

  /** The line that is kept elsewhere; the verifier reads it there. */
  String line() {
    return "checkpoint %d at %s previous %s tag %s heads %s"
        .formatted(
            number,
            EventContent.instant(time),
            previous == null ? "none" : StoredEvent.hex(previous),
            StoredEvent.hex(tag),
            heads.stream().map(Head::text).collect(Collectors.joining(",")));
  }
}
