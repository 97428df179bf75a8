package io.coffer.type;

import io.coffer.type.format.CardNumber;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Derives the plain fields that the engine writes itself. */
final class ComputedFields {

  private static final String CARD_FORMAT = "card_number";

  private ComputedFields() {}

  /**
   * The value of a computed field.
   *
   * @param texts reads the text of a field that is set
   * @return null if the source is not set
   */
  static @Nullable String value(
      TypeDefinition type,
      FieldDefinition field,
      ComputedField rule,
      Function<String, Optional<String>> texts) {
    Optional<FieldDefinition> source = source(type, field);
    Optional<String> text = source.map(FieldDefinition::id).flatMap(texts);
    if (source.isEmpty() || text.isEmpty()) {
      return null;
    }
    boolean card = CARD_FORMAT.equals(source.get().format());
    return switch (rule) {
      case CARD_BRAND -> CardNumber.of(text.get()).brand();
      case LAST_FOUR -> card ? CardNumber.of(text.get()).lastFour() : tail(text.get());
    };
  }

  /** The field that a computed one is derived from; empty if there is none. */
  static Optional<FieldDefinition> source(TypeDefinition type, FieldDefinition field) {
    String from = field.from();
    return from != null
        ? type.field(from)
        : type.fields().stream().filter(any -> CARD_FORMAT.equals(any.format())).findFirst();
  }

  /** The last four characters of what is long enough that they give nothing away. */
  private static @Nullable String tail(String text) {
    return text.length() < 12 ? null : text.substring(text.length() - 4);
  }
}
