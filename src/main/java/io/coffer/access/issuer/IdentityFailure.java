package io.coffer.access.issuer;

import java.util.Locale;

/** A token was not accepted. The messages are fixed: nothing of the token is repeated. */
public abstract sealed class IdentityFailure extends RuntimeException {

  private IdentityFailure(String message) {
    super(message, null, false, false);
  }

  /** Whether the same token may be accepted later without anything being changed. */
  public abstract boolean retryable();

  /** A code for records and metrics, for example {@code token_expired}. */
  public final String code() {
    return switch (this) {
      case TokenRefused refused -> "token_" + refused.reason().name().toLowerCase(Locale.ROOT);
      case KeysUnknown ignored -> "issuer_keys_unknown";
    };
  }

  /** The token is not good. */
  public static final class TokenRefused extends IdentityFailure {

    /** Why; the caller may know all of these. */
    public enum Reason {
      MALFORMED("The token cannot be read as a signed JWT."),
      UNKNOWN_ISSUER("The token's issuer is not accepted here."),
      WRONG_ALGORITHM("The token's signature algorithm is not accepted."),
      WRONG_TYPE("The token is not an access token."),
      UNKNOWN_KEY("The issuer does not publish the key that signed the token."),
      BAD_SIGNATURE("The token's signature is wrong."),
      WRONG_AUDIENCE("The token was not made for this service."),
      NOT_YET_VALID("The token is not valid yet."),
      EXPIRED("The token has expired."),
      TOO_OLD("The token was issued too long ago."),
      BAD_CLAIMS("The token lacks a claim that is needed, or has it in another form.");

      private final String sentence;

      Reason(String sentence) {
        this.sentence = sentence;
      }

      /** The reason for people to read. */
      public String sentence() {
        return sentence;
      }
    }

    private final Reason reason;

    public TokenRefused(Reason reason) {
      super(reason.sentence());
      this.reason = reason;
    }

    public Reason reason() {
      return reason;
    }

    @Override
    public boolean retryable() {
      return false;
    }
  }

  /** The issuer's keys are not known, or for too long were not confirmed. */
  public static final class KeysUnknown extends IdentityFailure {
    public KeysUnknown() {
      super("the issuer's keys cannot be had");
    }

    @Override
    public boolean retryable() {
      return true;
    }
  }
}
