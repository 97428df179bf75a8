package io.coffer.kms;

import java.util.Locale;

/** What a data key is for; part of the context that it is wrapped under, so names are fixed. */
public enum KeyPurpose {
  /** Seals values of one organization. */
  VALUES,
  /** Authenticates rows that say where a value goes. */
  ROWS,
  /** Binds the record of who did what. */
  CHECKPOINTS,
  /** Proves at start that the key works. */
  CANARY;

  /** The name that the wrapping context carries. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
