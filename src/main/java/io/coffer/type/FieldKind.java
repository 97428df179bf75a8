package io.coffer.type;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The shape of a field's value. */
public enum FieldKind {
  STRING,
  /** A string of several lines, for example a key. */
  TEXT,
  BOOLEAN,
  INTEGER,
  CHOICE,
  /** A list of strings. */
  LIST,
  /** A map from string to string. */
  MAP;

  /** The word that stands in packs and answers. */
  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether a value of this kind is one text. */
  public boolean isText() {
    return this == STRING || this == TEXT || this == CHOICE;
  }
}
