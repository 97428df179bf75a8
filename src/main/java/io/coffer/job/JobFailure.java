package io.coffer.job;

import java.util.UUID;

/** Why a job is not made or not found. */
public abstract sealed class JobFailure extends RuntimeException {

  private JobFailure(String message) {
    super(message);
  }

  /** Whether the same request may succeed if it is made again soon. */
  public abstract boolean retryable();

  /** Another job is under way that excludes this one. */
  public static final class UnderWay extends JobFailure {
    private final UUID other;

    public UnderWay(UUID other) {
      super("another job is under way");
      this.other = other;
    }

    /** The other job's id. */
    public UUID other() {
      return other;
    }

    @Override
    public boolean retryable() {
      return false;
    }
  }

  /** The request names keys that cannot be re-wrapped from or to. */
  public static final class Unfit extends JobFailure {
    private final String field;
    private final String sentence;

    /**
     * @param field the member of the request that is wrong
     * @param sentence why, without repeating it
     */
    public Unfit(String field, String sentence) {
      super(sentence);
      this.field = field;
      this.sentence = sentence;
    }

    public String field() {
      return field;
    }

    public String sentence() {
      return sentence;
    }

    @Override
    public boolean retryable() {
      return false;
    }
  }

  /** Too much is under way already. */
  public static final class TooMany extends JobFailure {
    public TooMany() {
      super("too many jobs or streams");
    }

    @Override
    public boolean retryable() {
      return true;
    }
  }

  /** The tables of jobs cannot be read or written now. */
  public static final class StoreUnavailable extends JobFailure {
    public StoreUnavailable(String failureClass) {
      super("the store of jobs failed: " + failureClass);
    }

    @Override
    public boolean retryable() {
      return true;
    }
  }
}
