package io.coffer.access.people;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Why an organization, a team or a person was not changed. None is worth a retry. */
public abstract sealed class PeopleFailure extends RuntimeException {

  private PeopleFailure(String message) {
    super(message, null, false, false);
  }

  /** Whether the same request may succeed later without anything being changed: never. */
  public final boolean retryable() {
    return false;
  }

  /** Something else of the kind has the name. */
  public static final class NameTaken extends PeopleFailure {
    /**
     * @param detail a sentence that says what is taken
     */
    public NameTaken(String detail) {
      super(detail);
    }
  }

  /** It is not at the revision that the request expects. */
  public static final class RevisionMismatch extends PeopleFailure {
    private final long current;

    public RevisionMismatch(long current) {
      super("another revision");
      this.current = current;
    }

    public long current() {
      return current;
    }
  }

  /** What is stored stands against it. */
  public static final class Refused extends PeopleFailure {
    /**
     * @param detail a sentence that says what, and what would help
     */
    public Refused(String detail) {
      super(detail);
    }
  }

  /** The organization is not empty. */
  public static final class NotEmpty extends PeopleFailure {
    private final transient SortedMap<String, Long> contents;

    /**
     * @param contents how many of what are in it
     */
    public NotEmpty(SortedMap<String, Long> contents) {
      super("not empty");
      this.contents = Collections.unmodifiableSortedMap(new TreeMap<>(contents));
    }

    public SortedMap<String, Long> contents() {
      return contents;
    }
  }
}
