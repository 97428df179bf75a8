package io.coffer.type;

import io.coffer.secret.SecretFields;
import io.coffer.secret.SecretValue;
import io.coffer.type.connection.ConnectionFields;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The fields of one credential as renderers need them; the secrets stay their owner's. */
record RenderSource(TypeDefinition type, Map<String, Object> plain, SecretFields secret) {

  private static final Set<String> KEY_FORMATS =
      Set.of("ssh_private_key", "pem_private_key", "pem_certificate");

  /** The text of a field, or of its default; a copy, which the caller closes. */
  Optional<SecretValue> find(String id) {
    Optional<SecretValue> stored = secret.find(id).map(SecretValue::copy);
    return stored.or(() -> plain(id).map(SecretTexts::encode));
  }

  /** Whether a field is set, or has a default. */
  boolean has(String id) {
    return secret.ids().contains(id) || plain(id).isPresent();
  }

  /** As {@link #find}, but ends in a line break where tools fail on a key that does not. */
  Optional<SecretValue> findForFile(String id) {
    Optional<SecretValue> found = find(id);
    boolean key =
        type.field(id).map(FieldDefinition::format).filter(KEY_FORMATS::contains).isPresent();
    return key ? found.map(RenderSource::withLastNewline) : found;
  }

  /** The ids of the certificates and keys that are set. */
  Stream<String> keys() {
    return type.fields().stream()
        .filter(field -> KEY_FORMATS.contains(String.valueOf(field.format())))
        .map(FieldDefinition::id)
        .filter(id -> secret.ids().contains(id) || plain.containsKey(id));
  }

  /** The text of fields that must be there. */
  SecretValue need(String id) {
    return find(id).orElseThrow(() -> missing(List.of(id)));
  }

  static TypeFailure.IncompleteFields missing(List<String> ids) {
    return new TypeFailure.IncompleteFields(
        ids.stream()
            .map(id -> Violation.of(id, FieldRule.REQUIRED, "is needed in this form"))
            .toList());
  }

  /** A plain field, or the default of one that is not set. */
  Optional<Object> plain(String id) {
    Object value = plain.get(id);
    if (value != null || secret.ids().contains(id) || !new ChoiceRules(type, plain).fits(id)) {
      return Optional.ofNullable(value);
    }
    Optional<Object> usual = type.field(id).map(FieldDefinition::defaultValue);
    return usual.isEmpty() && id.equals(ConnectionFields.PORT)
        ? ConnectionForms.usualPort(this).map(Object.class::cast)
        : usual;
  }

  /** What templates see: every field by id, null if not set. Template engines force strings. */
  Map<String, @Nullable Object> bindings() {
    Map<String, @Nullable Object> bindings = new HashMap<>();
    for (FieldDefinition field : type.fields()) {
      Object value =
          secret
              .find(field.id())
              .map(bytes -> SecretTexts.decode(field.kind(), bytes))
              .or(() -> plain(field.id()))
              .orElse(null);
      bindings.put(field.id(), binding(field, value));
    }
    return bindings;
  }

  private static @Nullable Object binding(FieldDefinition field, @Nullable Object value) {
    if (field.kind() == FieldKind.BOOLEAN) {
      // As Python writes them, which is what templates of AWX's types expect.
      return Boolean.TRUE.equals(value) ? "True" : "False";
    }
    boolean key = KEY_FORMATS.contains(String.valueOf(field.format()));
    return key && value instanceof String text ? withLastNewline(text) : value;
  }

  private static String withLastNewline(String text) {
    return text.endsWith("\n") ? text : text + '\n';
  }

  private static SecretValue withLastNewline(SecretValue value) {
    byte[] bytes = value.revealBytes();
    try (value;
        WipingBuffer buffer = new WipingBuffer()) {
      buffer.add(bytes);
      return bytes.length > 0 && bytes[bytes.length - 1] == '\n'
          ? buffer.value()
          : buffer.add('\n').value();
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** The fields that are set, as {@code fields} shows them. */
  Map<String, Object> all() {
    Map<String, Object> all = new LinkedHashMap<>();
    for (FieldDefinition field : type.fields()) {
      secret.find(field.id()).ifPresent(value -> all.put(field.id(), leaf(field.kind(), value)));
      Object shown = plain.get(field.id());
      if (shown != null) {
        all.put(field.id(), shown);
      }
    }
    return all;
  }

  /** Secret texts are JSON strings; every other kind is kept as JSON already. */
  private static Object leaf(FieldKind kind, SecretValue value) {
    return kind.isText() ? value.copy() : new SecretJson.Raw(value.copy());
  }
}
