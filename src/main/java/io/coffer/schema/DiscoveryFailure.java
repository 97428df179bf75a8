package io.coffer.schema;

import io.coffer.probe.Verdict;

/** Why there is no schema. */
public abstract sealed class DiscoveryFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private DiscoveryFailure(String message) {
    super(message, null, false, false);
  }

  /** Whether the same may succeed later. */
  public boolean retryable() {
    return false;
  }

  /** The credential is not one of a database. */
  public static final class NoDatabase extends DiscoveryFailure {
    private static final long serialVersionUID = 1;

    public NoDatabase() {
      super("not the credential of a database");
    }
  }

  /** Nothing was discovered yet, or not that. */
  public static final class NoSnapshot extends DiscoveryFailure {
    private static final long serialVersionUID = 1;

    public NoSnapshot() {
      super("no such snapshot");
    }
  }

  /** Too many discoveries run. */
  public static final class Busy extends DiscoveryFailure {
    private static final long serialVersionUID = 1;

    public Busy() {
      super("too many discoveries");
    }

    @Override
    public boolean retryable() {
      return true;
    }
  }

  /** The database could not be asked, or refused. */
  public static final class Refused extends DiscoveryFailure {
    private static final long serialVersionUID = 1;

    private final transient Verdict verdict;

    public Refused(Verdict verdict) {
      super("no discovery: " + verdict.reason().wireName());
      this.verdict = verdict;
    }

    /** What a probe would have said. */
    public Verdict verdict() {
      return verdict;
    }
  }
}
