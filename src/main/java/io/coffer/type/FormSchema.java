package io.coffer.type;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The JSON Schema (2020-12) of a new credential's fields, from which a form can be drawn. The rules
 * of structure stand on their own in {@code $defs/structure}, those of completeness in {@code
 * $defs/completeness}; the schema as a whole demands both.
 */
final class FormSchema {

  private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
  private static final Set<String> JSON_FORMATS = Set.of("json_object", "service_account_json");

  /** Our formats that JSON Schema has as well, and what it calls them. */
  private static final Map<String, String> STANDARD_FORMATS =
      Map.of("email", "email", "url", "uri", "https_url", "uri", "date", "date", "uuid", "uuid");

  private final JsonNodeFactory json = JsonNodeFactory.instance;
  private final TypeDefinition type;

  private FormSchema(TypeDefinition type) {
    this.type = type;
  }

  static ObjectNode of(TypeDefinition type) {
    return new FormSchema(type).schema();
  }

  private ObjectNode schema() {
    ObjectNode schema = json.objectNode();
    schema.put("$schema", DIALECT);
    schema.put("$id", "urn:coffer:schema:credential-type:" + type.slug());
    schema.put("title", type.name());
    schema.put("description", type.description());
    schema.put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    type.fields().forEach(field -> properties.set(field.id(), property(field)));
    schema.put("additionalProperties", false);
    schema.setAll(completeness());
    ArrayNode parts = schema.putArray("allOf");
    parts.addObject().put("$ref", "#/$defs/structure");
    parts.addAll(new FormChoices(type).completeness());
    ObjectNode definitions = schema.putObject("$defs");
    definitions.set("structure", structure());
    definitions.set("completeness", completeness());
    return schema;
  }

  private ObjectNode property(FieldDefinition field) {
    ObjectNode property = json.objectNode();
    property.put("title", field.label());
    put(property, "description", field.help());
    kind(field, property);
    put(property, "format", STANDARD_FORMATS.get(String.valueOf(field.format())));
    if (field.pattern() != null) {
      String pattern = field.pattern();
      property.put("pattern", pattern.startsWith("^") ? pattern : "^(?:" + pattern + ")");
    }
    put(property, "minLength", field.minLength());
    put(property, "maxLength", field.maxLength());
    put(property, "minimum", field.minimum());
    put(property, "maximum", field.maximum());
    if (field.defaultValue() != null) {
      property.set("default", json.pojoNode(field.defaultValue()));
    }
    mark(property, "writeOnly", field.secret());
    mark(property, "readOnly", field.computed() != null);
    mark(property, "x-coffer-multiline", field.kind() == FieldKind.TEXT);
    mark(property, "x-coffer-destination", field.destination());
    mark(property, "x-coffer-ask-at-runtime", field.askAtRuntime());
    put(property, "x-coffer-format", field.format());
    put(property, "x-coffer-link", field.link());
    return property;
  }

  private void kind(FieldDefinition field, ObjectNode property) {
    switch (field.kind()) {
      case STRING, TEXT -> {
        if (JSON_FORMATS.contains(String.valueOf(field.format()))) {
          property.putArray("type").add("string").add("object");
        } else {
          property.put("type", "string");
        }
      }
      case CHOICE -> {
        property.put("type", "string");
        ArrayNode choices = property.putArray("enum");
        field.choices().forEach(choices::add);
      }
      case BOOLEAN -> property.put("type", "boolean");
      case INTEGER -> property.put("type", "integer");
      case LIST -> property.put("type", "array").putObject("items").put("type", "string");
      case MAP ->
          property.put("type", "object").putObject("additionalProperties").put("type", "string");
    }
  }

  private ObjectNode structure() {
    ObjectNode structure = json.objectNode();
    Rules.Structure rules = type.rules().structure();
    if (!rules.dependencies().isEmpty()) {
      ObjectNode dependent = structure.putObject("dependentRequired");
      rules.dependencies().forEach((id, needed) -> dependent.set(id, array(needed)));
    }
    ArrayNode pairs = json.arrayNode();
    rules.exclusive().forEach(group -> addPairs(group, pairs));
    pairs.addAll(new FormChoices(type).structure());
    if (!pairs.isEmpty()) {
      structure.set("allOf", pairs);
    }
    return structure;
  }

  /** At most one of several: no two of them. */
  private void addPairs(List<String> group, ArrayNode pairs) {
    for (int first = 0; first < group.size(); first++) {
      for (int second = first + 1; second < group.size(); second++) {
        List<String> pair = List.of(group.get(first), group.get(second));
        pairs.addObject().putObject("not").set("required", array(pair));
      }
    }
  }

  private ObjectNode completeness() {
    ObjectNode target = json.objectNode();
    Rules.Completeness rules = type.rules().completeness();
    List<String> required = FormChoices.withoutDefaults(type, rules.required());
    if (!required.isEmpty()) {
      target.set("required", array(required));
    }
    if (!rules.oneOf().isEmpty()) {
      ArrayNode groups = target.putArray("anyOf");
      rules
          .oneOf()
          .forEach(
              group ->
                  groups
                      .addObject()
                      .set("required", array(FormChoices.withoutDefaults(type, group))));
    }
    ArrayNode choices = new FormChoices(type).completeness();
    if (!choices.isEmpty()) {
      target.set("allOf", choices);
    }
    return target;
  }

  private ArrayNode array(List<String> texts) {
    ArrayNode array = json.arrayNode();
    texts.forEach(array::add);
    return array;
  }

  private static void put(ObjectNode node, String key, @Nullable Object value) {
    if (value != null) {
      node.putPOJO(key, value);
    }
  }

  private static void mark(ObjectNode node, String key, boolean holds) {
    if (holds) {
      node.put(key, true);
    }
  }
}
