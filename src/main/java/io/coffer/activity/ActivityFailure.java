package io.coffer.activity;

/**
 * It was not recorded, or cannot be told, who did what. Every kind passes by itself: the same
 * request may succeed later.
 */
public abstract sealed class ActivityFailure extends RuntimeException {

  private ActivityFailure(String message) {
    super(message, null, false, false);
  }

  /** Whether the same request may succeed later without anything being changed: always. */
  public final boolean retryable() {
    return true;
  }

  /** More waits to be recorded than may wait. */
  public static final class QueueFull extends ActivityFailure {
    public QueueFull() {
      super("the queue of the record is full");
    }
  }

  /** The event was not recorded in time. It may be recorded yet; nothing was handed out. */
  public static final class TooLate extends ActivityFailure {
    public TooLate() {
      super("the event was not recorded in time");
    }
  }

  /** The group of the event did not commit, or nobody knows. Nothing was handed out. */
  public static final class NotCommitted extends ActivityFailure {
    public NotCommitted() {
      super("the event was not recorded");
    }
  }

  /** A verification is under way on this replica already. */
  public static final class VerifyBusy extends ActivityFailure {
    public VerifyBusy() {
      super("a verification is under way");
    }
  }
}
