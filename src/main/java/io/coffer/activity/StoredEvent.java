package io.coffer.activity;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event in its chain.
 *
 * @param writer whose chain
 * @param sequence its place there, from 1
 * @param month the first day of the month of its time
 * @param id made of time, writer and sequence
 * @param time when it was recorded, in microseconds since 1970
 * @param content what it says
 * @param hash SHA-256 over the hash before it and its canonical bytes
 */
public record StoredEvent(
    UUID writer,
    long sequence,
    LocalDate month,
    UUID id,
    long time,
    EventContent content,
    byte[] hash) {

  /** The month that a time belongs to, by its first day. */
  public static LocalDate monthOf(long time) {
    return LocalDate.ofInstant(EventContent.instant(time), ZoneOffset.UTC).withDayOfMonth(1);
  }

  /**
   * An id of version 7 (RFC 9562): 48 bits of milliseconds, the microseconds beyond them, bits of
   * the writer and the low half of the sequence. Its order is that of time, and within a group that
   * of the sequence.
   */
  public static UUID idOf(UUID writer, long sequence, long time) {
    long millis = Math.floorDiv(time, 1000L);
    long head = (millis << 16) | (7L << 12) | Math.floorMod(time, 1000L);
    long writerBits = writer.getLeastSignificantBits() & 0x3FFF_FFFFL;
    long tail = (2L << 62) | (writerBits << 32) | (sequence & 0xFFFF_FFFFL);
    return new UUID(head, tail);
  }

  /** The time in an id that {@link #idOf} made, in microseconds since 1970. */
  static long timeOf(UUID id) {
    long head = id.getMostSignificantBits();
    return (head >>> 16) * 1000L + (head & 0xFFFL);
  }

  /** Where it stands, for people to read. */
  public String place() {
    return writer + ":" + sequence;
  }

  public static @Nullable String hex(byte @Nullable [] bytes) {
    return bytes == null ? null : HexFormat.of().formatHex(bytes);
  }
}
