package io.coffer.probe;

import java.util.Locale;

/** What a probe found out: whether the value is the right one, not whether it can do its work. */
public enum Finding {
  /** Whoever the value is for has recognised it. */
  VALID,
  /** Whoever the value is for has refused it, and said that the value is why. */
  INVALID,
  /** Neither was shown. */
  UNKNOWN,
  /** Nobody has looked, or nobody can. */
  NOT_PROBED;

  /** Whether it moves {@code is_valid}. */
  public boolean isDefinite() {
    return this == VALID || this == INVALID;
  }

  /** The name in answers and in the database. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one of that name. */
  public static Finding ofStored(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
