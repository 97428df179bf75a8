package io.coffer.type.key;

/** A text is not the key or certificate that it should be; trying again is of no use. */
public final class KeyRefusal extends RuntimeException {

  private static final long serialVersionUID = 1;

  /**
   * A refusal.
   *
   * @param rule the broken rule, as the end of a sentence that begins with the field's name; free
   *     of the text
   */
  KeyRefusal(String rule) {
    // No cause either: the messages of decoders quote what they read.
    super(rule, null, false, false);
  }

  /** The broken rule, such as {@code must be base64 between its lines}. */
  public String rule() {
    return String.valueOf(getMessage());
  }

  public boolean isRetryable() {
    return false;
  }
}
