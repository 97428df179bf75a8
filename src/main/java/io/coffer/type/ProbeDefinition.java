package io.coffer.type;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * How a type says that its credentials work: which kind of probe looks, by what settings. The
 * settings are the kind's own to read; this package knows none of them.
 *
 * @param settings by the kind of probe; exactly one, and none of them changes
 */
public record ProbeDefinition(@JsonValue Map<String, JsonNode> settings) {

  /** The kind of a type that no safe call can prove; its setting says why. */
  public static final String NONE = "none";

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ProbeDefinition {
    settings = Copies.map(settings);
    if (settings.size() != 1) {
      throw new IllegalArgumentException("a type has one kind of probe");
    }
  }

  /** The kind of probe, for example {@code http}. */
  public String kind() {
    return List.copyOf(settings.keySet()).getFirst();
  }

  /** What the kind is told: a text or an object; not to be changed. */
  public JsonNode setting() {
    return List.copyOf(settings.values()).getFirst();
  }
}
