package io.coffer.type.connection;

/**
 * A connection string, or a field that stands for a part of one, is refused. Trying again is of no
 * use. It names the part and the rule; no part of the text is in it.
 */
public final class ConnectionRefusal extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final RefusalCode code;
  private final String part;

  /**
   * A refusal.
   *
   * @param code the rule that is broken
   * @param part the name of the part, never text that the caller sent
   */
  ConnectionRefusal(RefusalCode code, String part) {
    this(code, part, "");
  }

  /**
   * A refusal that says what would be right.
   *
   * @param hint the end of the sentence, from our own tables alone
   */
  ConnectionRefusal(RefusalCode code, String part, String hint) {
    // Bad input is no news to whoever reads stack traces, and this is cheap to make on purpose.
    super(part + ' ' + code.words() + hint, null, false, false);
    this.code = code;
    this.part = part;
  }

  /** What is wrong and what would be right, for the sender to read. */
  public String sentence() {
    return String.valueOf(getMessage());
  }

  public RefusalCode code() {
    return code;
  }

  /** The part at fault, such as {@code host} or {@code parameter 2}. */
  public String part() {
    return part;
  }

  public boolean isRetryable() {
    return false;
  }
}
