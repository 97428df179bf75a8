package io.coffer.activity;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes events in their canonical form: every field in one named order, preceded by its length in
 * four bytes, most significant first; a missing one by the length -1. So no two different events
 * have the same bytes. It is the form of {@link io.coffer.crypto.CanonicalWriter} for what is no
 * secret and is written thousands of times a second: the buffer is used again and not wiped.
 */
final class EventBytes {

  private static final int MISSING = -1;
  private static final String FORM = "coffer.activity.1";

  private byte[] buffer = new byte[1024];
  private int length;

  /** The canonical bytes of an event in its chain; valid until the next call. */
  @CanIgnoreReturnValue
  EventBytes linked(UUID writer, long sequence, UUID id, long time, EventContent content) {
    length = 0;
    return text(FORM).id(writer).number(sequence).id(id).number(time).content(content);
  }

  /** The canonical bytes of what an event says. */
  byte[] of(EventContent content) {
    length = 0;
    return content(content).toBytes();
  }

  byte[] toBytes() {
    return Arrays.copyOf(buffer, length);
  }

  byte[] buffer() {
    return buffer;
  }

  int length() {
    return length;
  }

  private EventBytes content(EventContent event) {
    return number(event.happenedAt())
        .text(event.actorIssuer())
        .text(event.actorSubject())
        .text(event.actorKind())
        .id(event.organization())
        .text(event.targetKind())
        .id(event.targetId())
        .number(event.targetVersion() == null ? null : event.targetVersion().longValue())
        .number(event.targetRevision())
        .text(event.action())
        .text(event.outcome())
        .text(event.reason())
        .text(event.requestId())
        .text(event.clientAddress())
        .text(event.face())
        .text(event.details());
  }

  private EventBytes text(@Nullable String text) {
    if (text == null) {
      return size(MISSING);
    }
    int chars = text.length();
    ensure(Integer.BYTES + chars);
    int start = length + Integer.BYTES;
    for (int i = 0; i < chars; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
      }
      buffer[start + i] = (byte) c;
    }
    EventBytes same = size(chars);
    length += chars;
    return same;
  }

  private EventBytes bytes(byte[] bytes) {
    ensure(Integer.BYTES + bytes.length);
    EventBytes same = size(bytes.length);
    System.arraycopy(bytes, 0, buffer, length, bytes.length);
    length += bytes.length;
    return same;
  }

  private EventBytes id(@Nullable UUID id) {
    return id == null
        ? size(MISSING)
        : size(2 * Long.BYTES)
            .eight(id.getMostSignificantBits())
            .eight(id.getLeastSignificantBits());
  }

  private EventBytes number(@Nullable Long number) {
    return number == null ? size(MISSING) : size(Long.BYTES).eight(number);
  }

  private EventBytes size(int size) {
    ensure(Integer.BYTES);
    for (int shift = 24; shift >= 0; shift -= 8) {
      buffer[length++] = (byte) (size >> shift);
    }
    return this;
  }

  private EventBytes eight(long value) {
    ensure(Long.BYTES);
    for (int shift = 56; shift >= 0; shift -= 8) {
      buffer[length++] = (byte) (value >> shift);
    }
    return this;
  }

  private void ensure(int more) {
    if (buffer.length - length < more) {
      buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, length + more));
    }
  }
}
