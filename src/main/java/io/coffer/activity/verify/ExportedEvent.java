package io.coffer.activity.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.coffer.activity.EventContent;
import io.coffer.activity.StoredEvent;
import java.time.Instant;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads an event out of a line of an export. */
final class ExportedEvent {

  private ExportedEvent() {}

  /**
   * The event.
   *
   * @throws IllegalArgumentException or {@link java.time.DateTimeException} if the line is none
   */
  static StoredEvent read(JsonNode line) {
    long time = EventContent.micros(Instant.parse(needed(line, "time")));
    return new StoredEvent(
        UUID.fromString(needed(line, "writer")),
        line.path("sequence").asLong(),
        StoredEvent.monthOf(time),
        UUID.fromString(needed(line, "id")),
        time,
        content(line),
        HexFormat.of().parseHex(needed(line, "hash")));
  }

  private static EventContent content(JsonNode line) {
    JsonNode actor = line.path("actor");
    JsonNode target = line.path("target");
    return new EventContent(
        EventContent.micros(Instant.parse(needed(line, "happened_at"))),
        text(actor, "issuer"),
        text(actor, "subject"),
        text(actor, "kind"),
        id(line, "organization"),
        text(target, "kind"),
        id(target, "id"),
        target.path("version").isNumber()
            ? Integer.valueOf(target.path("version").intValue())
            : null,
        target.path("revision").isNumber()
            ? Long.valueOf(target.path("revision").longValue())
            : null,
        needed(line, "action"),
        needed(line, "outcome"),
        text(line, "reason"),
        text(line, "request_id"),
        text(line, "client_address"),
        text(line, "face"),
        details(line.path("details")));
  }

  /** The lines in the order of their names, as the column has them. */
  private static @Nullable String details(JsonNode details) {
    TreeMap<String, String> byName = new TreeMap<>();
    details.properties().forEach(it -> byName.put(it.getKey(), it.getValue().asText()));
    return byName.isEmpty()
        ? null
        : byName.entrySet().stream()
            .map(it -> it.getKey() + "=" + it.getValue())
            .collect(Collectors.joining("\n"));
  }

  private static @Nullable UUID id(JsonNode node, String member) {
    String text = text(node, member);
    return text == null ? null : UUID.fromString(text);
  }

  private static @Nullable String text(JsonNode node, String member) {
    JsonNode value = node.path(member);
    return value.isTextual() ? value.textValue() : null;
  }

  private static String needed(JsonNode node, String member) {
    String text = text(node, member);
    if (text == null) {
      throw new IllegalArgumentException("the line lacks " + member);
    }
    return text;
  }
}
