package io.coffer.type;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.coffer.secret.SecretValue;
import java.util.List;
import java.util.Map;

/** How a secret field's value stands in its bytes: texts as UTF-8, lists and maps as JSON. */
final class SecretTexts {

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();
  private static final TypeReference<List<String>> LIST = new TypeReference<>() {};
  private static final TypeReference<Map<String, String>> MAP = new TypeReference<>() {};

  private SecretTexts() {}

  /** The text of a plain or secret value. */
  static String text(Object value) {
    if (!(value instanceof List) && !(value instanceof Map)) {
      return value.toString();
    }
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a value of this kind can always be written");
    }
  }

  static SecretValue encode(Object value) {
    return SecretValue.ofText(text(value));
  }

  /** The value as its kind in Java; the reverse of {@link #encode}. */
  static Object decode(FieldKind kind, SecretValue value) {
    String text = value.revealText();
    try {
      return switch (kind) {
        case STRING, TEXT, CHOICE -> text;
        case BOOLEAN -> Boolean.valueOf(text);
        case INTEGER -> Long.valueOf(text);
        case LIST -> JSON.readValue(text, LIST);
        case MAP -> JSON.readValue(text, MAP);
      };
    } catch (JsonProcessingException | NumberFormatException e) {
      // Without the cause, which quotes the value.
      throw new IllegalStateException("a stored secret field is not of its kind");
    }
  }
}
