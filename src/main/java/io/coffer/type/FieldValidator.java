package io.coffer.type;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps the fields of credentials to the rules of their types. Stateless. */
@ApplicationScoped
public class FieldValidator {

  /** The most that the fields of one credential may take together, in bytes of UTF-8. */
  public static final int MAX_BYTES = 64 * 1024;

  /** As {@link #validate(CredentialType, Map, StoredFields, AbsentFields)}; absent fields stay. */
  public ValidatedFields validate(
      CredentialType type, Map<String, JsonNode> fields, @Nullable StoredFields previous) {
    return validate(type, fields, previous, AbsentFields.KEEP);
  }

  /**
   * Lays a change over what is stored and checks the whole against the rules of structure.
   *
   * <p>For a secret field, {@code $encrypted$} or the current mask keeps what is stored; null
   * removes a field. Defaults are not filled in. What {@code previous} holds stays open and the
   * caller's.
   *
   * @param previous what is stored; null for a new credential
   * @return the whole content afterwards, which the caller closes
   * @throws TypeFailure.InvalidFields with everything that is wrong
   * @throws TypeFailure.ValueTooLarge if the fields are larger than {@link #MAX_BYTES} together
   */
  public ValidatedFields validate(
      CredentialType type,
      Map<String, JsonNode> fields,
      @Nullable StoredFields previous,
      AbsentFields absent) {
    if (fields.values().stream().anyMatch(FieldValidator::isTooLong)) {
      throw new TypeFailure.ValueTooLarge(MAX_BYTES);
    }
    StoredFields stored = previous == null ? StoredFields.none() : previous;
    try (FieldMerge merge = new FieldMerge(type.definition(), stored)) {
      merge.apply(fields, absent);
      if (merge.size() > MAX_BYTES) {
        throw new TypeFailure.ValueTooLarge(MAX_BYTES);
      }
      if (!merge.violations().isEmpty()) {
        throw new TypeFailure.InvalidFields(merge.violations());
      }
      return merge.result();
    }
  }

  /** Checked first, so that no other rule is tried on a text of any length. */
  private static boolean isTooLong(JsonNode value) {
    return value.isTextual() && value.textValue().length() > MAX_BYTES;
  }

  /**
   * What a credential still lacks to be of use; empty if it is complete.
   *
   * @param present the ids of the fields that are set, here or by other means such as a shared
   *     configuration
   * @param plain the plain fields among them, some of which say what else is needed
   */
  public List<Violation> missing(
      CredentialType type, Set<String> present, Map<String, Object> plain) {
    return CompletenessRules.violations(type.definition(), present, plain);
  }

  /**
   * Demands that a new credential is complete.
   *
   * @throws TypeFailure.InvalidFields with everything that is missing
   */
  public void requireComplete(CredentialType type, ValidatedFields content) {
    List<Violation> missing = missing(type, content.ids(), content.plain());
    if (!missing.isEmpty()) {
      throw new TypeFailure.InvalidFields(missing);
    }
  }

  /**
   * Demands that a stored credential is complete before it is used.
   *
   * @throws TypeFailure.IncompleteFields with everything that is missing
   */
  public void requireUsable(CredentialType type, Set<String> present, Map<String, Object> plain) {
    List<Violation> missing = missing(type, present, plain);
    if (!missing.isEmpty()) {
      throw new TypeFailure.IncompleteFields(missing);
    }
  }
}
