package io.coffer.kms;

/** Why a data key was not re-wrapped, beyond what the key management services answer. */
public abstract sealed class RewrapFailure extends RuntimeException {

  private RewrapFailure(String message) {
    super(message);
  }

  /** A code for the list of what could not be done. */
  public abstract String label();

  /** Whether the same key may be re-wrapped later without anything being changed: never. */
  public final boolean retryable() {
    return false;
  }

  /** What the new key wraps is not what the old one wrapped; nothing was stored. */
  public static final class Changed extends RewrapFailure {
    public Changed() {
      super("the re-wrapped key is another key");
    }

    @Override
    public String label() {
      return "changed_by_provider";
    }
  }
}
