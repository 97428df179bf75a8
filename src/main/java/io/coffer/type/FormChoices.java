package io.coffer.type;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the choice of one field says of the others, in JSON Schema. */
final class FormChoices {

  private final JsonNodeFactory json = JsonNodeFactory.instance;
  private final TypeDefinition type;

  FormChoices(TypeDefinition type) {
    this.type = type;
  }

  /** What cannot be set beside a choice, and what is left of the choices of other fields. */
  ArrayNode structure() {
    ArrayNode all = json.arrayNode();
    type.rules().structure().byChoice().forEach((field, choices) -> forbid(field, choices, all));
    type.rules().structure().narrowed().forEach((field, choices) -> narrow(field, choices, all));
    return all;
  }

  private void forbid(String field, Map<String, List<String>> choices, ArrayNode all) {
    Set<String> listed = new LinkedHashSet<>();
    choices.values().forEach(listed::addAll);
    for (String choice : type.field(field).map(FieldDefinition::choices).orElse(List.of())) {
      List<String> fitting = choices.getOrDefault(choice, List.of());
      List<String> others = listed.stream().filter(id -> !fitting.contains(id)).toList();
      if (!others.isEmpty()) {
        ObjectNode properties = where(all, field, choice).putObject("properties");
        others.forEach(id -> properties.put(id, false));
      }
    }
  }

  private void narrow(String field, Map<String, Map<String, List<String>>> choices, ArrayNode all) {
    choices.forEach(
        (choice, fields) -> {
          ObjectNode properties = where(all, field, choice).putObject("properties");
          fields.forEach(
              (id, left) -> left.forEach(properties.putObject(id).putArray("enum")::add));
        });
  }

  /** What is needed where a field is set to one of its choices. */
  ArrayNode completeness() {
    ArrayNode all = json.arrayNode();
    type.rules()
        .completeness()
        .byChoice()
        .forEach(
            (field, choices) ->
                choices.forEach(
                    (choice, groups) -> {
                      ArrayNode needed = where(all, field, choice).putArray("anyOf");
                      groups.forEach(group -> require(needed.addObject(), group));
                    }));
    return all;
  }

  private void require(ObjectNode node, List<String> ids) {
    ArrayNode required = node.putArray("required");
    withoutDefaults(type, ids).forEach(required::add);
  }

  /** A new rule for one choice, which an absent field has made if it is the default. */
  private ObjectNode where(ArrayNode all, String field, String choice) {
    ObjectNode rule = all.addObject();
    ObjectNode condition = rule.putObject("if");
    condition.putObject("properties").putObject(field).put("const", choice);
    if (!type.field(field).map(FieldDefinition::defaultValue).map(choice::equals).orElse(false)) {
      condition.putArray("required").add(field);
    }
    return rule.putObject("then");
  }

  static List<String> withoutDefaults(TypeDefinition type, List<String> ids) {
    return ids.stream()
        .filter(id -> type.field(id).map(FieldDefinition::defaultValue).isEmpty())
        .toList();
  }
}
