package io.coffer.credential;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What can go wrong with a credential, each kind a type of its own. None is worth a retry as it is,
 * but for {@link Busy}.
 */
public abstract sealed class CredentialFailure extends RuntimeException {

  /**
   * What is said of a type that nobody has heard of; the name itself may be a secret gone astray.
   */
  public static final String UNKNOWN_TYPE =
      "There is no such credential type; GET /api/v1/credential-types lists those that there are.";

  private CredentialFailure(String message) {
    super(message, null, false, false);
  }

  /** The name is taken by another credential of the same owner. */
  public static final class NameTaken extends CredentialFailure {
    private final @Nullable UUID other;

    public NameTaken(@Nullable UUID other) {
      super("the name is taken");
      this.other = other;
    }

    /** The credential that has the name; null where the caller may not see it. */
    public @Nullable UUID other() {
      return other;
    }
  }

  /** Several credentials fit where one is needed. */
  public static final class Ambiguous extends CredentialFailure {
    private final List<UUID> candidates;

    public Ambiguous(List<UUID> candidates) {
      super("several credentials fit");
      this.candidates = List.copyOf(candidates);
    }

    public List<UUID> candidates() {
      return candidates;
    }
  }

  /** The credential was changed since the caller read it. */
  public static final class RevisionMismatch extends CredentialFailure {
    private final long current;

    public RevisionMismatch(long current) {
      super("the revision does not match");
      this.current = current;
    }

    public long current() {
      return current;
    }
  }

  /** The request would break what is stored; the message says how and holds no value. */
  public static final class Refused extends CredentialFailure {
    public Refused(String message) {
      super(message);
    }
  }

  /** The idempotency key came with another request before. */
  public static final class IdempotencyKeyReused extends CredentialFailure {
    public IdempotencyKeyReused() {
      super("the idempotency key was used with another request");
    }
  }

  /** What the idempotency key made was purged since. */
  public static final class IdempotentPurged extends CredentialFailure {
    private final UUID purged;

    public IdempotentPurged(UUID purged) {
      super("what the idempotency key made was purged");
      this.purged = purged;
    }

    /** The credential that was; the caller itself made it. */
    public UUID purged() {
      return purged;
    }
  }

  /** What the idempotency key made was deleted since, and can be restored. */
  public static final class IdempotentDeleted extends CredentialFailure {
    private final UUID deleted;

    public IdempotentDeleted(UUID deleted) {
      super("what the idempotency key made was deleted");
      this.deleted = deleted;
    }

    /** The credential that was; the caller itself made it. */
    public UUID deleted() {
      return deleted;
    }
  }

  /** Too many values wait to be encrypted; later it may go. */
  public static final class Busy extends CredentialFailure {
    public Busy() {
      super("too many values wait to be encrypted");
    }
  }

  /** The value was tried before it was to be stored, and whoever it is for refused it. */
  public static final class ValueRefused extends CredentialFailure {
    private final String reason;

    public ValueRefused(String reason) {
      super("the value was refused");
      this.reason = reason;
    }

    /** A word for why. */
    public String reason() {
      return reason;
    }
  }

  /** Members of the request are wrong; each violation names the member and the rule. */
  public static final class InvalidRequest extends CredentialFailure {
    private final List<Violation> violations;

    public InvalidRequest(List<Violation> violations) {
      super("the request is not valid");
      this.violations = List.copyOf(violations);
    }

    public InvalidRequest(String member, String rule, String message) {
      this(List.of(new Violation(member, rule, message)));
    }

    public List<Violation> violations() {
      return violations;
    }
  }

  /**
   * One wrong member.
   *
   * @param member its path in the request
   * @param rule a stable word
   * @param message a sentence without the value
   */
  public record Violation(String member, String rule, String message) {}
}
