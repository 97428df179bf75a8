package io.coffer.egress;

import java.util.Locale;

/**
 * Why a call did not lead to an answer. Messages name neither host nor address, and there is no
 * cause, since the messages of libraries name both.
 */
public abstract sealed class EgressFailure extends RuntimeException {

  private EgressFailure(String message) {
    super(message, null, false, false);
  }

  /** Whether the same call may succeed if it is made again soon. */
  public abstract boolean retryable();

  private static String word(Enum<?> kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /** The policy does not let calls go there. */
  public static final class Blocked extends EgressFailure {
    private final String rule;

    public Blocked(String rule) {
      super("blocked by the egress policy: " + rule);
      this.rule = rule;
    }

    /** The id of the rule, such as {@code private} or {@code port}. */
    public String rule() {
      return rule;
    }

    @Override
    public boolean retryable() {
      return false;
    }
  }

  /** The name does not resolve. */
  public static final class Dns extends EgressFailure {
    public Dns() {
      super("the name does not resolve");
    }

    @Override
    public boolean retryable() {
      return true;
    }
  }

  /** There is no connection, or it ended before the answer did. */
  public static final class Unreachable extends EgressFailure {

    /** What became of the connection. */
    public enum Kind {
      /** The host refuses connections at this port. */
      REFUSED,
      /** No way leads to the host. */
      NO_ROUTE,
      /** The other side closed or cut the connection. */
      CLOSED
    }

    private final Kind kind;

    public Unreachable(Kind kind) {
      super("no connection: " + word(kind));
      this.kind = kind;
    }

    public Kind kind() {
      return kind;
    }

    @Override
    public boolean retryable() {
      return true;
    }
  }

  /** The two sides did not agree on TLS. */
  public static final class Tls extends EgressFailure {
    private final TlsTrouble trouble;

    public Tls(TlsTrouble trouble) {
      super("no TLS: " + word(trouble));
      this.trouble = trouble;
    }

    public TlsTrouble trouble() {
      return trouble;
    }

    @Override
    public boolean retryable() {
      return false;
    }
  }

  /** It took too long. */
  public static final class Timeout extends EgressFailure {
    public Timeout() {
      super("it took too long");
    }

    @Override
    public boolean retryable() {
      return true;
    }
  }

  /** The other side sent more than was asked for. */
  public static final class TooLarge extends EgressFailure {
    public TooLarge() {
      super("the answer is too large");
    }

    @Override
    public boolean retryable() {
      return false;
    }
  }

  /** What came is no HTTP. */
  public static final class Garbled extends EgressFailure {
    public Garbled() {
      super("the answer is not HTTP");
    }

    @Override
    public boolean retryable() {
      return false;
    }
  }

  /** As many calls are under way as may be. */
  public static final class Busy extends EgressFailure {
    public Busy() {
      super("too many calls are under way");
    }

    @Override
    public boolean retryable() {
      return true;
    }
  }
}
