package io.coffer.kms;

/** Why a data key cannot be used now, beyond what the key management service itself answers. */
public abstract sealed class KeyFailure extends RuntimeException {

  private KeyFailure(String message) {
    super(message);
  }

  /** Whether the same request may succeed if it is made again soon. */
  public abstract boolean retryable();

  /**
   * The key management service has been out of reach for longer than unwrapped keys may be used
   * without it.
   */
  public static final class TooStale extends KeyFailure {
    public TooStale() {
      super("the key management service has been out of reach for too long");
    }

    @Override
    public boolean retryable() {
      return true;
    }
  }

  /** Too many different keys are being waited for already. */
  public static final class Busy extends KeyFailure {
    public Busy() {
      super("too many data keys are being waited for");
    }

    @Override
    public boolean retryable() {
      return true;
    }
  }

  /** The table of data keys cannot be read or written now. */
  public static final class StoreUnavailable extends KeyFailure {
    public StoreUnavailable(String failureClass) {
      super("the store of data keys failed: " + failureClass);
    }

    @Override
    public boolean retryable() {
      return true;
    }
  }
}
