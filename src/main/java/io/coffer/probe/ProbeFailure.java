package io.coffer.probe;

/** Why a check was not made. What a check shows is a verdict and no failure. */
public abstract sealed class ProbeFailure extends RuntimeException {

  private static final long serialVersionUID = 1;

  private ProbeFailure(String message) {
    super(message, null, false, false);
  }

  /** Whether the same request may succeed if it is made again soon. */
  public abstract boolean retryable();

  /** Too many checks wait for their turn already. */
  public static final class Busy extends ProbeFailure {
    private static final long serialVersionUID = 1;

    public Busy() {
      super("too many checks are waiting");
    }

    @Override
    public boolean retryable() {
      return true;
    }
  }
}
