package io.coffer.kms;

/**
 * Why a key management service did not do what it was asked. Messages name the operation and the
 * provider's error code, never keys, payloads or the provider's own words; there is no cause, since
 * the provider's exceptions quote requests.
 */
public abstract sealed class KmsFailure extends RuntimeException {

  private final KmsOperation operation;
  private final String detail;

  private KmsFailure(KmsOperation operation, String detail) {
    super("KMS " + operation.label() + " failed: " + detail);
    this.operation = operation;
    this.detail = detail;
  }

  public KmsOperation operation() {
    return operation;
  }

  /** The provider's error code, or a fixed text of the adapter's. */
  public String detail() {
    return detail;
  }

  /** Whether the same call may succeed if it is made again soon. */
  public boolean retryable() {
    return this instanceof Unavailable || this instanceof Throttled;
  }

  /** The name that metrics and health show, for example {@code wrong_key}. */
  public String label() {
    return switch (this) {
      case Corrupt _ -> "corrupt";
      case WrongKey _ -> "wrong_key";
      case UnknownKey _ -> "unknown_key";
      case KeyDisabled _ -> "key_disabled";
      case Unavailable _ -> "unavailable";
      case Throttled _ -> "throttled";
      case Misconfigured _ -> "misconfigured";
      case Denied _ -> "denied";
      case Unauthenticated _ -> "unauthenticated";
      case Unexpected _ -> "unexpected";
    };
  }

  /** The wrapped key is damaged, or was wrapped under another context; providers tell no more. */
  public static final class Corrupt extends KmsFailure {
    public Corrupt(KmsOperation operation, String detail) {
      super(operation, detail);
    }
  }

  /** Another key than the one that was asked for wrapped the bytes, or answered. */
  public static final class WrongKey extends KmsFailure {
    public WrongKey(KmsOperation operation, String detail) {
      super(operation, detail);
    }
  }

  /** The provider has no such key here. */
  public static final class UnknownKey extends KmsFailure {
    public UnknownKey(KmsOperation operation, String detail) {
      super(operation, detail);
    }
  }

  /** The key is switched off, on its way to deletion, or without material. */
  public static final class KeyDisabled extends KmsFailure {
    public KeyDisabled(KmsOperation operation, String detail) {
      super(operation, detail);
    }
  }

  /** The provider cannot be reached, did not answer in time, or has a failure of its own. */
  public static final class Unavailable extends KmsFailure {
    public Unavailable(KmsOperation operation, String detail) {
      super(operation, detail);
    }
  }

  /** The provider's rate, or the bound on calls under way, is used up. */
  public static final class Throttled extends KmsFailure {
    public Throttled(KmsOperation operation, String detail) {
      super(operation, detail);
    }
  }

  /** The request can never succeed as configured. */
  public static final class Misconfigured extends KmsFailure {
    public Misconfigured(KmsOperation operation, String detail) {
      super(operation, detail);
    }
  }

  /** Our identity may not use the key. */
  public static final class Denied extends KmsFailure {
    public Denied(KmsOperation operation, String detail) {
      super(operation, detail);
    }
  }

  /** The provider does not accept our credentials, or our clock. */
  public static final class Unauthenticated extends KmsFailure {
    public Unauthenticated(KmsOperation operation, String detail) {
      super(operation, detail);
    }
  }

  /** An answer or an error that is not understood; never believed and never tried again. */
  public static final class Unexpected extends KmsFailure {
    public Unexpected(KmsOperation operation, String detail) {
      super(operation, detail);
    }
  }
}
