package io.coffer.type;

import com.fasterxml.jackson.databind.JsonNode;
import io.coffer.type.format.Format;
import io.coffer.type.format.Formats;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the JSON of one field into the Java value of its kind and checks the field's own rules. */
final class FieldReader {

  private static final Set<String> JSON_FORMATS = Set.of("json_object", "service_account_json");

  private final FieldDefinition field;
  private final List<Violation> violations;

  private FieldReader(FieldDefinition field, List<Violation> violations) {
    this.field = field;
    this.violations = violations;
  }

  /**
   * Reads one value.
   *
   * @return String, Boolean, Long, List of String or Map of String to String; null if it broke a
   *     rule, which then stands in the list
   */
  static @Nullable Object read(FieldDefinition field, JsonNode value, List<Violation> violations) {
    int before = violations.size();
    Object read = new FieldReader(field, violations).read(value);
    return violations.size() == before ? read : null;
  }

  private @Nullable Object read(JsonNode value) {
    return switch (field.kind()) {
      case STRING, TEXT -> text(value);
      case CHOICE -> choice(value);
      case BOOLEAN -> value.isBoolean() ? value.booleanValue() : wrongKind("true or false");
      case INTEGER -> integer(value);
      case LIST -> list(value);
      case MAP -> map(value);
    };
  }

  private @Nullable Object text(JsonNode value) {
    // A JSON document may be sent as it is, instead of as a string that holds it.
    String format = field.format();
    boolean document = value.isObject() && format != null && JSON_FORMATS.contains(format);
    if (!document && !value.isTextual()) {
      return wrongKind("a string");
    }
    String text = document ? value.toString() : value.textValue();
    if (!characters(text, field.kind() == FieldKind.TEXT || document) || !length(text)) {
      return null;
    }
    if (field.pattern() != null && !Patterns.matches(field.pattern(), text)) {
      broken(FieldRule.PATTERN, "must match " + field.pattern());
    }
    return formatted(text);
  }

  private String formatted(String text) {
    Optional<Format> format = Optional.ofNullable(field.format()).flatMap(Formats::find);
    if (format.isEmpty()) {
      return text;
    }
    Optional<String> rule = format.get().check(text);
    rule.ifPresent(words -> broken(FieldRule.FORMAT, words));
    return rule.isEmpty() ? format.get().normalize(text) : text;
  }

  private boolean length(String text) {
    Integer min = field.minLength();
    Integer max = field.maxLength();
    if (min != null && text.length() < min) {
      limited(FieldRule.MIN_LENGTH, "must have at least " + min + " characters", min);
      return false;
    }
    if (max != null && text.length() > max) {
      limited(FieldRule.MAX_LENGTH, "must have at most " + max + " characters", max);
      return false;
    }
    return true;
  }

  private boolean characters(String text, boolean severalLines) {
    if (!Texts.isStorable(text)) {
      broken(FieldRule.CHARACTERS, "must be Unicode text without U+0000");
      return false;
    }
    if (!severalLines && Texts.hasControl(text)) {
      broken(FieldRule.CHARACTERS, "must be one line without control characters");
      return false;
    }
    return true;
  }

  private @Nullable Object choice(JsonNode value) {
    if (value.isTextual() && field.choices().contains(value.textValue())) {
      return value.textValue();
    }
    broken(FieldRule.CHOICE, "must be one of " + String.join(", ", field.choices()));
    return null;
  }

  private @Nullable Object integer(JsonNode value) {
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      return wrongKind("a whole number");
    }
    long number = value.longValue();
    Long min = field.minimum();
    Long max = field.maximum();
    if (min != null && number < min) {
      limited(FieldRule.MINIMUM, "must be at least " + min, min);
    }
    if (max != null && number > max) {
      limited(FieldRule.MAXIMUM, "must be at most " + max, max);
    }
    return number;
  }

  private @Nullable Object list(JsonNode value) {
    if (!value.isArray()) {
      return wrongKind("a list of strings");
    }
    List<String> items = new ArrayList<>();
    for (JsonNode item : value) {
      if (!item.isTextual()) {
        return wrongKind("a list of strings");
      }
      if (!characters(item.textValue(), false)) {
        return null;
      }
      items.add(item.textValue());
    }
    return Collections.unmodifiableList(items);
  }

  private @Nullable Object map(JsonNode value) {
    if (!value.isObject()) {
      return wrongKind("an object of strings");
    }
    Map<String, String> entries = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      if (!entry.getValue().isTextual()) {
        return wrongKind("an object of strings");
      }
      if (!characters(entry.getKey(), false) || !characters(entry.getValue().textValue(), true)) {
        return null;
      }
      entries.put(entry.getKey(), entry.getValue().textValue());
    }
    return Collections.unmodifiableMap(entries);
  }

  private @Nullable Object wrongKind(String kind) {
    broken(FieldRule.KIND, "must be " + kind);
    return null;
  }

  private void broken(FieldRule rule, String message) {
    violations.add(Violation.of(field.id(), rule, message));
  }

  private void limited(FieldRule rule, String message, long limit) {
    violations.add(Violation.limited(field.id(), rule, message, limit));
  }
}
