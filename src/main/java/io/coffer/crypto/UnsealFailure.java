package io.coffer.crypto;

import java.util.UUID;

/**
 * A stored value that does not open. Says which check refused it and never what it holds. None is
 * worth a retry: the stored bytes will not change by themselves.
 */
public abstract sealed class UnsealFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private UnsealFailure(String message) {
    super(message);
  }

  /** A stable word for metrics and log lines, for example {@code commitment}. */
  public abstract String kind();

  public boolean isRetryable() {
    return false;
  }

  /** Too short or too long to be a sealed value. */
  public static final class WrongLength extends UnsealFailure {
    private static final long serialVersionUID = 1L;

    public WrongLength(int length) {
      super("a sealed value cannot have " + length + " bytes");
    }

    @Override
    public String kind() {
      return "length";
    }
  }

  /** The version byte names no format that this release reads. */
  public static final class UnknownFormat extends UnsealFailure {
    private static final long serialVersionUID = 1L;

    public UnknownFormat(int version) {
      super("stored format " + version + " is not known");
    }

    @Override
    public String kind() {
      return "format";
    }
  }

  /** The value names another data key than the one at hand. */
  public static final class WrongDataKey extends UnsealFailure {
    private static final long serialVersionUID = 1L;

    public WrongDataKey(UUID named, UUID given) {
      super("sealed under data key " + named + ", not under " + given);
    }

    @Override
    public String kind() {
      return "data_key";
    }
  }

  /** The value names a data key that does not exist or was destroyed. */
  public static final class UnknownDataKey extends UnsealFailure {
    private static final long serialVersionUID = 1L;

    public UnknownDataKey(UUID named) {
      super("data key " + named + " does not exist or was destroyed");
    }

    @Override
    public String kind() {
      return "unknown_data_key";
    }
  }

  /** The value names a data key of another organization or purpose. */
  public static final class ForeignDataKey extends UnsealFailure {
    private static final long serialVersionUID = 1L;

    public ForeignDataKey(UUID named) {
      super("data key " + named + " belongs to another organization or purpose");
    }

    @Override
    public String kind() {
      return "foreign_data_key";
    }
  }

  /** The commitment does not fit: sealed under another key or for another binding. */
  public static final class NotCommitted extends UnsealFailure {
    private static final long serialVersionUID = 1L;

    public NotCommitted() {
      super("the value was sealed under another key or for another place");
    }

    @Override
    public String kind() {
      return "commitment";
    }
  }

  /** The tag does not fit: the nonce, the ciphertext or the tag was changed. */
  public static final class NotAuthentic extends UnsealFailure {
    private static final long serialVersionUID = 1L;

    public NotAuthentic() {
      super("the value was changed after it was sealed");
    }

    @Override
    public String kind() {
      return "tag";
    }
  }

  /** What stands beside the value is nothing that a value could have been sealed for. */
  public static final class UnfitBinding extends UnsealFailure {
    private static final long serialVersionUID = 1L;

    public UnfitBinding() {
      super("the fields beside the value are of a kind that is never stored");
    }

    @Override
    public String kind() {
      return "binding";
    }
  }

  /** The value opened, but what it holds is no canonical encoding of fields. */
  public static final class MalformedContent extends UnsealFailure {
    private static final long serialVersionUID = 1L;

    public MalformedContent() {
      super("the opened value is not a canonical encoding of fields");
    }

    @Override
    public String kind() {
      return "content";
    }
  }
}
