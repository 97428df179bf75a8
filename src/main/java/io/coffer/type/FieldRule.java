package io.coffer.type;

import java.util.Locale;

/** The rules that a field can break; the names in lower case are part of the API. */
public enum FieldRule {
  UNKNOWN,
  REQUIRED,
  ONE_OF,
  EXCLUSIVE,
  DEPENDENCY,
  NOT_FOR_CHOICE,
  PASSPHRASE_MISSING,
  PASSPHRASE_NEEDLESS,
  PASSPHRASE_WRONG,
  KIND,
  CHOICE,
  FORMAT,
  PATTERN,
  CHARACTERS,
  EMPTY,
  MIN_LENGTH,
  MAX_LENGTH,
  MINIMUM,
  MAXIMUM,
  COMPUTED,
  MASK_WITHOUT_VALUE,
  UNREADABLE;

  /** The word that stands in answers. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
