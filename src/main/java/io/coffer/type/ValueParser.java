package io.coffer.type;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.coffer.secret.SecretValue;
import io.coffer.type.connection.ConnectionFields;
import io.coffer.type.connection.ConnectionParser;
import io.coffer.type.connection.ConnectionParts;
import io.coffer.type.connection.ConnectionRefusal;
import io.coffer.type.connection.Dialect;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the one-string form of a value into fields, which the validator then checks. Stateless. */
@ApplicationScoped
public class ValueParser {

  private static final String VALUE = "value";
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:");

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** As {@link #parse(CredentialType, String, Map)}, with no fields beside it. */
  public Map<String, JsonNode> parse(CredentialType type, String value) {
    return parse(type, value, Map.of());
  }

  /**
   * Reads a value together with the fields that were sent beside it. Only a connection string can
   * be completed so, by what it has no place for; what it says itself cannot be said again, but for
   * the database, which may be named to tell apart those that share a scheme.
   *
   * @return fields by id, not yet validated
   * @throws TypeFailure.InvalidFields if the value cannot be read, or the fields do not go with it
   * @throws TypeFailure.ValueTooLarge if it is longer than {@link FieldValidator#MAX_BYTES}
   */
  public Map<String, JsonNode> parse(
      CredentialType type, String value, Map<String, JsonNode> fields) {
    String named = type.definition().dialectField();
    Map<String, JsonNode> whole = new LinkedHashMap<>(parse(type, value, dialect(type, fields)));
    if (!fields.isEmpty() && form(type, value) != ValueForm.CONNECTION) {
      throw new TypeFailure.InvalidFields(
          List.of(
              Violation.of(
                  VALUE,
                  FieldRule.EXCLUSIVE,
                  "cannot stand beside fields unless it is a connection string")));
    }
    List<Violation> twice = new ArrayList<>();
    fields.forEach(
        (id, field) -> {
          JsonNode read = whole.putIfAbsent(id, field);
          if (read != null && !(id.equals(named) && read.equals(field))) {
            twice.add(Violation.of(id, FieldRule.EXCLUSIVE, "stands in the value already"));
          }
        });
    if (!twice.isEmpty()) {
      throw new TypeFailure.InvalidFields(twice);
    }
    return whole;
  }

  /**
   * Reads a value. Which form it has is told by its first characters, never by trying: an opening
   * brace begins JSON, a scheme begins a connection string, all else is the main field.
   *
   * @param dialect the database that the caller named beside the value; null if none
   * @return fields by id, not yet validated
   * @throws TypeFailure.InvalidFields if the value cannot be read; the field is then {@code value}
   * @throws TypeFailure.ValueTooLarge if it is longer than {@link FieldValidator#MAX_BYTES}
   */
  public Map<String, JsonNode> parse(CredentialType type, String value, @Nullable String dialect) {
    if (value.length() > FieldValidator.MAX_BYTES) {
      throw new TypeFailure.ValueTooLarge(FieldValidator.MAX_BYTES);
    }
    TypeDefinition definition = type.definition();
    return switch (form(type, value)) {
      case FIELD -> Map.of(definition.main().getFirst(), TextNode.valueOf(value));
      case JSON -> json(definition, value);
      case CONNECTION -> connection(definition, value, dialect);
    };
  }

  /**
   * How a value will be read. As {@link ValueForm#FIELD} it says nothing of other fields; otherwise
   * it is the whole.
   *
   * @throws TypeFailure.InvalidFields if it has none of the forms of the type
   */
  public ValueForm form(CredentialType type, String value) {
    List<ValueForm> forms = type.definition().value();
    return forms.size() == 1
        ? forms.getFirst()
        : forms.stream()
            .filter(candidate -> begins(candidate, value))
            .findFirst()
            .orElseThrow(() -> unreadable(type.definition()));
  }

  /**
   * A failure of the fields that a value was read into, told of the value that the caller sent: the
   * part of it that a field was read from or is missing from, or the whole where that is one field.
   *
   * @param fields those that stood beside the value, which are told of as such
   */
  public TypeFailure.InvalidFields ofValue(
      CredentialType type,
      String value,
      Map<String, JsonNode> fields,
      TypeFailure.InvalidFields failure) {
    ValueForm form = form(type, value);
    Map<String, JsonNode> parsed = parse(type, value, dialect(type, fields));
    boolean whole =
        form == ValueForm.FIELD
            || (parsed.size() == 1 && parsed.values().iterator().next().isObject());
    TypeFailure.InvalidFields told =
        failure.at(
            field -> {
              if (fields.containsKey(field)) {
                return field;
              }
              return whole && parsed.containsKey(field) ? VALUE : VALUE + '.' + field;
            });
    // What a form has no place for cannot be mended in it.
    return switch (form) {
      case CONNECTION ->
          told.ofMissing("; what a connection string has no place for goes into fields beside it");
      case FIELD -> told.ofMissing("; give the fields instead of one value");
      case JSON -> told;
    };
  }

  /** The database that stands beside the value; null if none does. */
  private static @Nullable String dialect(CredentialType type, Map<String, JsonNode> fields) {
    String named = type.definition().dialectField();
    JsonNode dialect = named == null ? null : fields.get(named);
    return dialect == null ? null : dialect.textValue();
  }

  private static boolean begins(ValueForm form, String value) {
    return switch (form) {
      case JSON -> value.stripLeading().startsWith("{");
      case CONNECTION -> SCHEME.matcher(value).lookingAt();
      case FIELD -> true;
    };
  }

  private static Map<String, JsonNode> json(TypeDefinition type, String value) {
    ObjectNode object =
        object(value).orElseThrow(() -> refused("must be one JSON object with distinct names"));
    Optional<String> document = document(type, object);
    if (document.isPresent()) {
      return Map.of(document.get(), object);
    }
    Map<String, JsonNode> fields = new LinkedHashMap<>();
    object.properties().forEach(entry -> fields.put(entry.getKey(), entry.getValue()));
    return fields;
  }

  /** The field that keeps a whole key file, if the object is one rather than fields by id. */
  private static Optional<String> document(TypeDefinition type, ObjectNode object) {
    boolean keyFile = object.has("private_key") && object.has("client_email");
    // What has no field of a type that is about such a file is meant to be one, if a broken one.
    boolean meant =
        object.properties().stream().noneMatch(it -> type.field(it.getKey()).isPresent());
    return type.fields().stream()
        .filter(field -> "service_account_json".equals(field.format()))
        .filter(field -> keyFile || (meant && type.main().getFirst().equals(field.id())))
        .map(FieldDefinition::id)
        .filter(id -> !object.has(id))
        .findFirst();
  }

  private static Optional<ObjectNode> object(String value) {
    try {
      return JSON.readTree(value) instanceof ObjectNode object
          ? Optional.of(object)
          : Optional.empty();
    } catch (JsonProcessingException e) {
      // Its message quotes the value.
      return Optional.empty();
    }
  }

  private static Map<String, JsonNode> connection(
      TypeDefinition type, String value, @Nullable String dialect) {
    List<Dialect> dialects =
        (dialect != null && type.dialect().contains(dialect) ? List.of(dialect) : type.dialect())
            .stream().flatMap(id -> Dialect.find(id).stream()).toList();
    try (ConnectionParts parts = ConnectionParser.parse(dialects, value)) {
      Map<String, JsonNode> fields = new LinkedHashMap<>();
      ConnectionFields.plain(parts).forEach((id, part) -> fields.put(id, JSON.valueToTree(part)));
      SecretValue password = parts.password();
      if (password != null) {
        fields.put(ConnectionFields.passwordId(parts), TextNode.valueOf(password.revealText()));
      }
      if (type.dialectField() != null) {
        fields.put(type.dialectField(), TextNode.valueOf(parts.dialect().id()));
      }
      return fields;
    } catch (ConnectionRefusal refusal) {
      throw ConnectionForms.failure(VALUE, refusal);
    }
  }

  private static TypeFailure.InvalidFields unreadable(TypeDefinition type) {
    if (type.value().isEmpty()) {
      return refused("is not a form of this type; give its fields");
    }
    String forms =
        String.join(
            " or ",
            type.value().stream()
                .map(
                    form ->
                        switch (form) {
                          case FIELD -> "the secret itself";
                          case JSON -> "a JSON object of fields";
                          case CONNECTION -> "a connection string";
                        })
                .toList());
    return refused("must be " + forms);
  }

  private static TypeFailure.InvalidFields refused(String message) {
    return new TypeFailure.InvalidFields(
        List.of(Violation.of(VALUE, FieldRule.UNREADABLE, message)));
  }
}
