package io.coffer.probe.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.coffer.probe.Reason;
import io.coffer.secret.SecretValue;
import io.coffer.type.FieldTexts;
import io.coffer.type.WipingBuffer;
import io.coffer.type.probe.FieldTemplate;
import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Puts values into templates: fields, and what earlier answers or signatures gave. Owns those. */
final class Filler implements AutoCloseable {

  private static final int MOST_DEPTH = 16;
  private static final ObjectMapper JSON =
      new JsonMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxNestingDepth(MOST_DEPTH).build())
              .build());

  private final FieldTexts fields;
  private final Map<String, SecretValue> others = new HashMap<>();

  Filler(FieldTexts fields) {
    this.fields = fields;
    know("nonce", SecretValue.ofText(UUID.randomUUID().toString()));
  }

  FieldTexts fields() {
    return fields;
  }

  /** Makes a value known, which is closed with this or replaced. */
  void know(String name, SecretValue value) {
    SecretValue former = others.put(name, value);
    if (former != null) {
      former.close();
    }
  }

  /** The text with all values in place, the caller's to close; empty if one of them is not set. */
  Optional<SecretValue> fill(String template) {
    try (WipingBuffer text = new WipingBuffer()) {
      for (FieldTemplate.Part part : FieldTemplate.parse(template).parts()) {
        switch (part) {
          case FieldTemplate.Literal literal -> text.add(literal.text());
          case FieldTemplate.Reference reference -> {
            Optional<SecretValue> value = value(reference);
            if (value.isEmpty()) {
              return Optional.empty();
            }
            try (SecretValue found = value.get()) {
              text.add(found);
            }
          }
        }
      }
      return Optional.of(text.value());
    }
  }

  /**
   * As {@link #fill}.
   *
   * @throws CannotPlan if a value is not set
   */
  SecretValue need(String template) {
    return fill(template).orElseThrow(() -> new CannotPlan(Reason.INCOMPLETE));
  }

  /** The text of a template that holds nothing secret. */
  Optional<String> text(String template) {
    return fill(template)
        .map(
            value -> {
              try (value) {
                return value.revealText();
              }
            });
  }

  private Optional<SecretValue> value(FieldTemplate.Reference reference) {
    SecretValue other = others.get(reference.name());
    Optional<SecretValue> found =
        other == null ? fields.find(reference.name()) : Optional.of(other.copy());
    if (reference.pointer() == null && reference.filter() == null) {
      return found.map(Filler::stripped);
    }
    return found.flatMap(
        value -> {
          try (value) {
            return changed(value.revealText(), reference).map(SecretValue::ofText);
          }
        });
  }

  private static Optional<String> changed(String text, FieldTemplate.Reference reference) {
    String pointer = reference.pointer();
    Optional<String> value = pointer == null ? Optional.of(text) : member(text, pointer);
    String filter = reference.filter();
    return filter == null ? value : value.map(found -> filtered(found, filter));
  }

  private static String filtered(String text, String filter) {
    return switch (filter) {
      case "upper" -> text.strip().toUpperCase(Locale.ROOT);
      case "root" -> {
        URI address = Addresses.absolute(text.strip());
        yield address.getScheme() + "://" + address.getRawAuthority();
      }
      // Assertions name an account without its region, which stands behind the first dot.
      case "snowflake_account" -> text.strip().toUpperCase(Locale.ROOT).replaceFirst("\\..*", "");
      // Names of hosts have no underscores; the provider answers to dashes in their place.
      case "snowflake_host" -> text.strip().replace('_', '-');
      default -> throw new IllegalStateException("checked when the template was read");
    };
  }

  private static Optional<String> member(String document, String pointer) {
    try {
      JsonNode found = JSON.readTree(document).at(pointer);
      return found.isValueNode() && !found.isNull()
          ? Optional.of(found.asText())
          : Optional.empty();
    } catch (JsonProcessingException e) {
      // Without the cause, which quotes the document.
      throw new CannotPlan(Reason.INCOMPLETE);
    }
  }

  /** A line break at the end is a trace of the clipboard; a blank may be part of a password. */
  private static SecretValue stripped(SecretValue value) {
    byte[] bytes = value.revealBytes();
    int end = bytes.length;
    while (end > 0 && (bytes[end - 1] == '\n' || bytes[end - 1] == '\r')) {
      end--;
    }
    if (end == bytes.length) {
      Arrays.fill(bytes, (byte) 0);
      return value;
    }
    try (value) {
      return SecretValue.takeOwnershipOf(Arrays.copyOf(bytes, end));
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  @Override
  public void close() {
    others.values().forEach(SecretValue::close);
  }
}
