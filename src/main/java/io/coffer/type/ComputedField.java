package io.coffer.type;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What the engine derives at write from a secret field and keeps in a plain one. */
public enum ComputedField {
  LAST_FOUR,
  CARD_BRAND;

  /** The word that stands in packs and answers. */
  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
