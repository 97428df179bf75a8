package io.coffer.type;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a credential type is for; the closed list that lists and forms group by. */
public enum Category {
  LLM,
  SPEECH,
  IMAGE,
  VIDEO,
  DATA_WAREHOUSE,
  TOOLS,
  CLOUD,
  SCM,
  MACHINE,
  VAULT,
  LOGIN;

  /** The word that stands in packs, requests and rows. */
  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
