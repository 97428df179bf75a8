package io.coffer.type;

import com.fasterxml.jackson.databind.JsonNode;
import io.coffer.secret.SecretFields;
import io.coffer.secret.SecretValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One change of a credential's fields: what was sent over what is stored. Used once, then closed.
 */
final class FieldMerge implements AutoCloseable {

  private static final String ASK = "ASK";

  private final TypeDefinition type;
  private final StoredFields previous;
  private final Map<String, Object> plain = new LinkedHashMap<>();
  private final Map<String, SecretValue> secret = new LinkedHashMap<>();
  private final Set<String> changed = new LinkedHashSet<>();
  private final List<Violation> violations = new ArrayList<>();

  FieldMerge(TypeDefinition type, StoredFields previous) {
    this.type = type;
    this.previous = previous;
  }

  List<Violation> violations() {
    return violations;
  }

  void apply(Map<String, JsonNode> sent, AbsentFields absent) {
    for (String id : sent.keySet()) {
      if (type.field(id).isEmpty()) {
        violations.add(
            Violation.of(Texts.shownId(id), FieldRule.UNKNOWN, "is not a field of this type"));
      }
    }
    for (FieldDefinition field : type.fields()) {
      if (field.computed() == null) {
        apply(field, sent.get(field.id()), absent);
      }
    }
    for (FieldDefinition field : type.fields()) {
      if (field.computed() != null) {
        compute(field, field.computed(), sent.get(field.id()));
      }
    }
    violations.addAll(
        StructureRules.violations(type, ids(), id -> type.field(id).flatMap(this::judged)));
    violations.addAll(new ChoiceRules(type, plain).violations(ids(), id -> !sent.containsKey(id)));
    if (violations.isEmpty()) {
      violations.addAll(ConnectionForms.violations(type, plain));
    }
  }

  private void apply(FieldDefinition field, @Nullable JsonNode sent, AbsentFields absent) {
    if (sent == null ? absent == AbsentFields.KEEP : isMaskOfStored(field, sent)) {
      keep(field);
    } else if (sent == null || sent.isNull() || isBlank(field, sent)) {
      remove(field);
    } else if (field.secret() && isMask(sent)) {
      violations.add(
          Violation.of(
              field.id(),
              FieldRule.MASK_WITHOUT_VALUE,
              "is sent as a mask, but not of what is stored; leave it out to keep that"));
    } else if (field.askAtRuntime() && ASK.equals(sent.textValue())) {
      setPlain(field, ASK);
    } else {
      set(field, sent);
    }
  }

  private void keep(FieldDefinition field) {
    Object stored = previous.plain().get(field.id());
    if (stored != null) {
      plain.put(field.id(), stored);
    }
    previous.secret().find(field.id()).ifPresent(value -> secret.put(field.id(), value.copy()));
  }

  private void remove(FieldDefinition field) {
    if (previous.has(field.id())) {
      changed.add(field.id());
    }
  }

  private void set(FieldDefinition field, JsonNode sent) {
    Object value = FieldReader.read(field, sent, violations);
    if (value == null) {
      return;
    }
    if (!field.secret()) {
      setPlain(field, value);
      return;
    }
    SecretValue encoded = SecretTexts.encode(value);
    secret.put(field.id(), encoded);
    if (previous.concealed()
        || !previous.secret().find(field.id()).map(encoded::sameAs).orElse(false)) {
      changed.add(field.id());
    }
  }

  private void setPlain(FieldDefinition field, Object value) {
    plain.put(field.id(), value);
    if (!value.equals(previous.plain().get(field.id()))) {
      changed.add(field.id());
    }
  }

  /** A blank form field means nothing, but where something secret is stored it must be said. */
  private boolean isBlank(FieldDefinition field, JsonNode sent) {
    Integer min = field.minLength();
    boolean blank = sent.isTextual() && sent.textValue().isEmpty() && !(min != null && min == 0);
    if (blank && previous.secret().ids().contains(field.id())) {
      violations.add(
          Violation.of(
              field.id(),
              FieldRule.EMPTY,
              "must not be empty; leave it out to keep it, or send null"));
    }
    return blank;
  }

  private static boolean isMask(JsonNode sent) {
    String text = sent.textValue();
    return text != null && (text.equals(Masks.ENCRYPTED) || Masks.looksLikeOne(text));
  }

  private boolean isMaskOfStored(FieldDefinition field, JsonNode sent) {
    Optional<SecretValue> stored = previous.secret().find(field.id());
    return stored.isPresent()
        && sent.isTextual()
        && (sent.textValue().equals(Masks.ENCRYPTED)
            || (maskIsShown(field)
                && Masks.isMaskOf(field, stored.get().revealText(), sent.textValue())));
  }

  /** Readers see the mask of a main field; that of another would tell them a part of it. */
  private boolean maskIsShown(FieldDefinition field) {
    return !previous.concealed() || type.main().contains(field.id());
  }

  private void compute(FieldDefinition field, ComputedField rule, @Nullable JsonNode sent) {
    boolean echo =
        sent == null
            || sent.isNull()
            || String.valueOf(previous.plain().get(field.id())).equals(sent.asText());
    if (!echo) {
      violations.add(Violation.of(field.id(), FieldRule.COMPUTED, "is written by the service"));
    }
    Object value =
        ComputedFields.value(type, field, rule, id -> type.field(id).flatMap(this::text));
    if (value != null) {
      setPlain(field, value);
    } else {
      remove(field);
    }
  }

  private Optional<String> text(FieldDefinition field) {
    SecretValue value = secret.get(field.id());
    return value != null
        ? Optional.of(value.revealText())
        : Optional.ofNullable(plain.get(field.id())).map(SecretTexts::text);
  }

  /** The text that rules may look into and tell of. */
  private Optional<String> judged(FieldDefinition field) {
    return isConcealed(field.id()) ? Optional.empty() : text(field);
  }

  /** Whether it is a secret that stays as it is, of which the caller may learn nothing. */
  private boolean isConcealed(String id) {
    return previous.concealed() && secret.containsKey(id) && !changed.contains(id);
  }

  private Set<String> ids() {
    Set<String> ids = new LinkedHashSet<>(plain.keySet());
    ids.addAll(secret.keySet());
    return ids;
  }

  /**
   * The size of all fields that are set, in bytes of UTF-8. Without the secrets that stay, if the
   * caller may learn nothing of them: by padding other fields up to the limit it would learn their
   * length. What it changes around them is refused for the lack of the right, whatever its size.
   */
  int size() {
    int plainBytes = plain.values().stream().mapToInt(FieldMerge::size).sum();
    int secretBytes =
        secret.entrySet().stream()
            .filter(field -> !isConcealed(field.getKey()))
            .mapToInt(field -> field.getValue().length())
            .sum();
    return plainBytes + secretBytes;
  }

  private static int size(Object value) {
    return SecretTexts.text(value).getBytes(StandardCharsets.UTF_8).length;
  }

  /** Hands the result over; afterwards closing this leaves it alone. */
  ValidatedFields result() {
    SecretFields fields = SecretFields.of(secret);
    secret.clear();
    return new ValidatedFields(plain, fields, changed);
  }

  @Override
  public void close() {
    secret.values().forEach(SecretValue::close);
  }
}
