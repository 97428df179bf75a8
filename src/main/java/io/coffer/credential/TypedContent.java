package io.coffer.credential;

import com.fasterxml.jackson.databind.JsonNode;
import io.coffer.access.Caller;
import io.coffer.type.AbsentFields;
import io.coffer.type.CredentialType;
import io.coffer.type.CredentialTypes;
import io.coffer.type.FieldValidator;
import io.coffer.type.StoredFields;
import io.coffer.type.TypeFailure;
import io.coffer.type.ValidatedFields;
import io.coffer.type.ValueForm;
import io.coffer.type.ValueParser;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what clients send as content by the rules of its type. */
@ApplicationScoped
class TypedContent {

  private final CredentialTypes types;
  private final ValueParser parser;
  private final FieldValidator validator;

  TypedContent(CredentialTypes types, ValueParser parser, FieldValidator validator) {
    this.types = types;
    this.parser = parser;
    this.validator = validator;
  }

  /**
   * The type of that slug, alias or id.
   *
   * @throws CredentialFailure.InvalidRequest (in the Uni) if the caller can use no such type
   */
  Uni<CredentialType> type(Caller caller, String name) {
    return types
        .find(name)
        .map(
            found ->
                found.orElseThrow(
                    () ->
                        new CredentialFailure.InvalidRequest(
                            "type", "known", CredentialFailure.UNKNOWN_TYPE)));
  }

  Uni<CredentialType> typeOf(CredentialEntity row) {
    return types.byId(row.type);
  }

  /**
   * Lays the content over what is stored; the caller closes the result. A whole given as one string
   * replaces what is stored, but for a string that is one field.
   *
   * @param stored null for a new credential or one that gets another type
   */
  ValidatedFields validate(CredentialType type, Content content, @Nullable StoredFields stored) {
    Map<String, JsonNode> fields = content.fields() == null ? Map.of() : content.fields();
    String value = content.value();
    if (value == null) {
      return validator.validate(type, fields, stored);
    }
    boolean oneField = parser.form(type, value) == ValueForm.FIELD;
    Map<String, JsonNode> whole = parser.parse(type, value, fields);
    try {
      return validator.validate(
          type, whole, stored, oneField ? AbsentFields.KEEP : AbsentFields.REMOVE);
    } catch (TypeFailure.InvalidFields failure) {
      throw told(type, content, failure);
    }
  }

  /**
   * Demands that what came of the content is complete.
   *
   * @throws TypeFailure.InvalidFields with everything that is missing
   */
  void requireComplete(CredentialType type, Content content, ValidatedFields fields) {
    try {
      validator.requireComplete(type, fields);
    } catch (TypeFailure.InvalidFields failure) {
      throw told(type, content, failure);
    }
  }

  /** Work on the content, whose failures are told of what the caller sent. */
  <T> Uni<T> told(CredentialType type, Content content, Uni<T> work) {
    return work.onFailure(TypeFailure.InvalidFields.class)
        .transform(failure -> told(type, content, (TypeFailure.InvalidFields) failure));
  }

  private TypeFailure.InvalidFields told(
      CredentialType type, Content content, TypeFailure.InvalidFields failure) {
    Map<String, JsonNode> fields = content.fields() == null ? Map.of() : content.fields();
    return content.value() == null
        ? failure
        : parser.ofValue(type, content.value(), fields, failure);
  }
}
