package io.coffer.activity;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what {@link EventBytes} wrote of an event's content. */
public final class EventReader {

  private final ByteBuffer bytes;

  private EventReader(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes);
  }

  /**
   * The content that has these canonical bytes.
   *
   * @throws IllegalArgumentException if they are those of no event
   */
  public static EventContent read(byte[] bytes) {
    EventReader reader = new EventReader(bytes);
    try {
      EventContent content = reader.content();
      if (reader.bytes.hasRemaining()) {
        throw new IllegalArgumentException("no event has these bytes");
      }
      return content;
    } catch (BufferUnderflowException | NullPointerException | ArithmeticException e) {
      throw new IllegalArgumentException("no event has these bytes", e);
    }
  }

  private EventContent content() {
    return new EventContent(
        Objects.requireNonNull(number()),
        text(),
        text(),
        text(),
        id(),
        text(),
        id(),
        version(),
        number(),
        Objects.requireNonNull(text()),
        Objects.requireNonNull(text()),
        text(),
        text(),
        text(),
        text(),
        text());
  }

  private @Nullable String text() {
    int size = bytes.getInt();
    if (size < 0) {
      return null;
    }
    if (size > bytes.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] text = new byte[size];
    bytes.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  private @Nullable UUID id() {
    return isMissing(2 * Long.BYTES) ? null : new UUID(bytes.getLong(), bytes.getLong());
  }

  private @Nullable Long number() {
    return isMissing(Long.BYTES) ? null : bytes.getLong();
  }

  private @Nullable Integer version() {
    Long number = number();
    return number == null ? null : Math.toIntExact(number);
  }

  private boolean isMissing(int expected) {
    int size = bytes.getInt();
    if (size >= 0 && size != expected) {
      throw new IllegalArgumentException("no event has these bytes");
    }
    return size < 0;
  }
}
