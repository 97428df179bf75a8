package io.coffer.type;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/** The plain fields of a credential as they stand in a JSON column, and back. */
public final class PlainFields {

  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<LinkedHashMap<String, Object>> MAP = new TypeReference<>() {};

  private PlainFields() {}

  /** The fields as one JSON object. */
  public static String write(Map<String, Object> plain) {
    try {
      return JSON.writeValueAsString(plain);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("plain fields can always be written");
    }
  }

  /**
   * The fields from one JSON object, in the Java types that {@link ValidatedFields} has.
   *
   * @throws IllegalStateException if it is none
   */
  public static Map<String, Object> read(String json) {
    try {
      return normalized(JSON.readValue(json, MAP));
    } catch (JsonProcessingException e) {
      // Without the cause, which quotes the text.
      throw new IllegalStateException("the stored plain fields are not a JSON object");
    }
  }

  /** A copy in which every whole number is a Long, whatever read it. */
  static Map<String, Object> normalized(Map<String, Object> plain) {
    Map<String, Object> copy = new LinkedHashMap<>();
    plain.forEach(
        (id, value) ->
            copy.put(id, value instanceof Integer number ? (Object) number.longValue() : value));
    return Copies.map(copy);
  }
}
