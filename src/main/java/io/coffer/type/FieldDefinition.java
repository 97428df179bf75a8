package io.coffer.type;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One field of a credential type.
 *
 * @param id its name in the API and in the stored value
 * @param label what a form calls it
 * @param kind the shape of its value
 * @param secret whether it is sealed and never shown again
 * @param format the name of a check in {@link io.coffer.type.format.Formats}; null for none
 * @param pattern a regular expression that the whole value must match; null for none
 * @param minLength in UTF-16 units, inclusive
 * @param maxLength in UTF-16 units, inclusive
 * @param minimum of an integer, inclusive
 * @param maximum of an integer, inclusive
 * @param choices the allowed values of a choice, in the order in which a form shows them
 * @param defaultValue what holds when the field is absent; it is never stored
 * @param help one line for a form
 * @param link where the user finds the value
 * @param destination whether it says where the value goes
 * @param askAtRuntime whether {@code ASK} leaves the value to the moment of use
 * @param aliases its ids in other APIs, by the name of the API
 * @param computed how the engine derives it; null if the caller gives it
 * @param from the field that it is derived from; null for the card number
 * @param awx what the AWX API shows differently; null for nothing
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record FieldDefinition(
    String id,
    String label,
    FieldKind kind,
    boolean secret,
    @Nullable String format,
    @Nullable String pattern,
    @Nullable Integer minLength,
    @Nullable Integer maxLength,
    @Nullable Long minimum,
    @Nullable Long maximum,
    List<String> choices,
    @JsonProperty("default") @Nullable Object defaultValue,
    @Nullable String help,
    @Nullable String link,
    boolean destination,
    boolean askAtRuntime,
    Map<String, List<String>> aliases,
    @Nullable ComputedField computed,
    @Nullable String from,
    @Nullable AwxField awx) {

  public FieldDefinition {
    kind = kind == null ? FieldKind.STRING : kind;
    choices = Copies.list(choices);
    aliases = Copies.map(aliases);
  }

  /** The ids of this field in the API of that name; its own id if that API has no other. */
  public List<String> namesIn(String api) {
    return aliases.getOrDefault(api, List.of(id));
  }

  /**
   * What the AWX API shows differently for a field; null members show what the field itself says.
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record AwxField(
      @Nullable String label,
      @Nullable String type,
      @Nullable Boolean multiline,
      @Nullable Boolean secret,
      @Nullable String format,
      @JsonProperty("default") @Nullable Object defaultValue,
      @Nullable List<String> choices,
      @Nullable Boolean hidden) {}
}
