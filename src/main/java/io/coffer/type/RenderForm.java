package io.coffer.type;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The forms in which a value is handed out: the words of {@code as}. */
public enum RenderForm {
  FIELDS,
  ENV,
  FILE,
  URL,
  JDBC,
  HEADER,
  INJECT;

  /** The word that stands in requests and answers. */
  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The form of that word; empty if there is none. */
  public static Optional<RenderForm> ofCode(String code) {
    return Arrays.stream(values()).filter(form -> form.code().equals(code)).findFirst();
  }
}
