package io.coffer.type;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How the one-string form of a value is read. */
public enum ValueForm {
  /** The whole string is the main field. */
  FIELD,
  /** A JSON object of fields, or the one JSON document that the type stores whole. */
  JSON,
  /** A connection string, URL or JDBC. */
  CONNECTION;

  /** The word that stands in packs and answers. */
  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
