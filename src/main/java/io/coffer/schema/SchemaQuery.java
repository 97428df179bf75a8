package io.coffer.schema;

import io.coffer.web.JsonBody;
import io.coffer.web.list.InvalidQuery;
import io.quarkus.runtime.configuration.DurationConverter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The query parameters of schemas. */
final class SchemaQuery {

  /** Below the deadline of a request, which would end it without an answer. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(25);

  private static final int USUAL_PAGE = 50;
  private static final int LARGEST_PAGE = 200;
  private static final int LONGEST_CURSOR = 128;

  private SchemaQuery() {}

  static Duration wait(@Nullable String text, Duration usual) {
    if (text == null) {
      return usual;
    }
    try {
      Duration span = DurationConverter.parseDuration(text);
      if (span.compareTo(Duration.ZERO) > 0 && span.compareTo(LONGEST_WAIT) <= 0) {
        return span;
      }
    } catch (IllegalArgumentException e) {
      // Told below, together with spans out of range.
    }
    throw new InvalidQuery("wait", "It must be a span from 1ms to 25s, such as 5s.");
  }

  static int pageSize(@Nullable String text) {
    if (text == null) {
      return USUAL_PAGE;
    }
    try {
      int size = Integer.parseInt(text);
      if (size >= 1 && size <= LARGEST_PAGE) {
        return size;
      }
    } catch (NumberFormatException e) {
      // Told below, together with numbers out of range.
    }
    throw new InvalidQuery("page_size", "It must be between 1 and " + LARGEST_PAGE + ".");
  }

  static String search(@Nullable String text) {
    if (text == null) {
      return "";
    }
    if (text.length() > SchemaSearch.LONGEST || !JsonBody.isStorable(text)) {
      throw new InvalidQuery(
          "search", "It must be text of at most " + SchemaSearch.LONGEST + " characters.");
    }
    return text;
  }

  static @Nullable UUID id(String name, @Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new InvalidQuery(name, "It must be the id of a snapshot.");
    }
  }

  /** A place among tables: an id, a colon, a number. Opaque to clients, and no secret. */
  static String cursor(UUID id, int position) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((id + ":" + position).getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * A place that {@link #cursor} wrote.
   *
   * @param id of a snapshot or a credential
   */
  record Place(UUID id, int position) {}

  static @Nullable Place place(@Nullable String cursor) {
    if (cursor == null) {
      return null;
    }
    try {
      String plain =
          cursor.length() > LONGEST_CURSOR
              ? ""
              : new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
      int colon = plain.indexOf(':');
      if (colon > 0) {
        return new Place(
            UUID.fromString(plain.substring(0, colon)),
            Integer.parseUnsignedInt(plain.substring(colon + 1)));
      }
    } catch (IllegalArgumentException e) {
      // Told below.
    }
    throw new InvalidQuery("cursor", "It does not belong to this list.");
  }
}
