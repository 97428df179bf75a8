package io.coffer.kms;

/**
 * What a provider says of a key.
 *
 * @param key the key under its full name, for AWS the ARN even if an alias was asked for
 * @param state whether it can be used now
 */
public record KeyDescription(KeyRef key, State state) {

  /** Whether a key can be used. */
  public enum State {
    /** Wraps and unwraps. */
    ENABLED,
    /** Switched off, or on its way to deletion: neither wraps nor unwraps until somebody acts. */
    DISABLED,
    /** Exists, but is not made for wrapping. */
    UNSUITABLE
  }

  public boolean usable() {
    return state == State.ENABLED;
  }
}
