package io.coffer.access;

import java.util.Locale;

/** What one may do with one credential. The rights do not contain each other. */
public enum Right {
  /** See it, its secret fields excepted. */
  READ(1),
  /** Get its value. */
  USE(2),
  /** Change, share and delete it. */
  ADMIN(4);

  private final int bit;

  Right(int bit) {
    this.bit = bit;
  }

  /** The bit that stands for this right in the decision's result. */
  public int bit() {
    return bit;
  }

  /** The name in problems and answers. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
