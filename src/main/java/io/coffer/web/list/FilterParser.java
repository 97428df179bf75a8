package io.coffer.web.list;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Reads {@code [or__][not__]field[__lookup]=value} into conditions over a resource's fields. */
final class FilterParser {

  /** The longest value and list of values; more is a client's mistake or an attack. */
  private static final int MAX_VALUE_LENGTH = 1024;

  private static final int MAX_VALUES = 100;

  private final Map<String, ListField> fields;

  FilterParser(Map<String, ListField> fields) {
    this.fields = fields;
  }

  Filter parse(String parameter, String value) {
    boolean alternative = parameter.startsWith("or__");
    String rest = alternative ? parameter.substring(4) : parameter;
    boolean negated = rest.startsWith("not__");
    rest = negated ? rest.substring(5) : rest;
    ListField field = fields.get(rest);
    Lookup lookup = Lookup.EXACT;
    if (field == null) {
      int split = rest.lastIndexOf("__");
      field = split < 0 ? null : fields.get(rest.substring(0, split));
      lookup =
          Lookup.named(split < 0 ? "" : rest.substring(split + 2))
              .orElseThrow(() -> unknown(parameter));
    }
    if (field == null) {
      throw unknown(parameter);
    }
    if (!field.kind().knows(lookup)) {
      throw new InvalidQuery(
          parameter,
          "The field does not know this lookup; it knows " + field.kind().lookups() + ".");
    }
    return new Filter(field, lookup, values(parameter, field, lookup, value), negated, alternative);
  }

  private InvalidQuery unknown(String parameter) {
    return new InvalidQuery(
        parameter,
        "There is no such filter; there are [or__][not__]field[__lookup] with the fields "
            + String.join(", ", new TreeSet<>(fields.keySet()))
            + ".");
  }

  private static List<Object> values(
      String parameter, ListField field, Lookup lookup, String value) {
    if (value.length() > MAX_VALUE_LENGTH) {
      throw new InvalidQuery(
          parameter, "The value is longer than " + MAX_VALUE_LENGTH + " characters.");
    }
    ListField.Kind kind = lookup == Lookup.ISNULL ? ListField.Kind.BOOLEAN : field.kind();
    List<String> texts = lookup == Lookup.IN ? List.of(value.split(",", -1)) : List.of(value);
    if (texts.size() > MAX_VALUES) {
      throw new InvalidQuery(parameter, "There are more than " + MAX_VALUES + " values.");
    }
    List<Object> values = new ArrayList<>();
    for (String text : texts) {
      Optional<Object> parsed = kind.parse(text);
      values.add(
          parsed.orElseThrow(
              () -> new InvalidQuery(parameter, "The value is not a " + kindName(kind) + ".")));
    }
    return values;
  }

  private static String kindName(ListField.Kind kind) {
    return switch (kind) {
      case TEXT -> "plain text";
      case UUID -> "UUID";
      case BOOLEAN -> "boolean (true or false)";
      case INSTANT -> "time (RFC 3339) or date";
      case INTEGER -> "whole number";
    };
  }
}
