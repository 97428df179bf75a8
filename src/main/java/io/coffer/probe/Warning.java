package io.coffer.probe;

import java.util.Locale;

/** What to look at although the value works. */
public enum Warning {
  /** Its time is over soon. */
  NEAR_EXPIRY,
  /** It was stored as one that only reads, and it can write. */
  READ_ONLY_CAN_WRITE,
  /** It may do anything. */
  SUPERUSER,
  /** The value crossed the network in the clear. */
  PLAIN_TEXT_CONNECTION,
  /** The connection was encrypted, and nobody checked with whom. */
  UNVERIFIED_CONNECTION;

  /** The name in answers and in the database. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one of that name. */
  public static Warning ofStored(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
