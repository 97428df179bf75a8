package io.coffer.access;

import java.util.List;
import java.util.Set;

/** The caller does not get what it asked for. No kind of refusal is worth a retry. */
public abstract sealed class Denied extends RuntimeException {

  private Denied(String message) {
    super(message, null, false, false);
  }

  /** Whether the same request may succeed later without anything being changed: never. */
  public final boolean retryable() {
    return false;
  }

  /** A code for records and metrics, for example {@code missing_role}. */
  public final String code() {
    return switch (this) {
      case Unauthenticated ignored -> "unauthenticated";
      case NotVisible ignored -> "not_visible";
      case MissingRole ignored -> "missing_role";
      case PrincipalDisabled ignored -> "principal_disabled";
      case OrganizationRequired ignored -> "organization_required";
      case ForgedRequest ignored -> "forged_request";
    };
  }

  /** The request carries no token, or none that counts on its path. */
  public static final class Unauthenticated extends Denied {
    public Unauthenticated() {
      super("no access token");
    }
  }

  /** There is no such thing, or none that the caller may know of; the two look the same. */
  public static final class NotVisible extends Denied {
    public NotVisible() {
      super("not visible to the caller");
    }
  }

  /** The caller may know of the thing, but lacks the role for what it asked. */
  public static final class MissingRole extends Denied {
    private final Set<String> oneOf;

    /**
     * @param oneOf the wire names of the roles any of which would do
     */
    public MissingRole(Set<String> oneOf) {
      super("missing role");
      this.oneOf = Set.copyOf(oneOf);
    }

    /** The wire names of the roles any of which would do. */
    public Set<String> oneOf() {
      return oneOf;
    }
  }

  /** The principal was disabled. */
  public static final class PrincipalDisabled extends Denied {
    public PrincipalDisabled() {
      super("the principal is disabled");
    }
  }

  /** The caller belongs to no organization or to several, and none was named. */
  public static final class OrganizationRequired extends Denied {
    private final List<String> choices;

    /**
     * @param choices the slugs that the caller may name
     */
    public OrganizationRequired(List<String> choices) {
      super("no organization is selected");
      this.choices = List.copyOf(choices);
    }

    public List<String> choices() {
      return choices;
    }
  }

  /** A changing request was made with the browser's session, but without the session's token. */
  public static final class ForgedRequest extends Denied {
    public ForgedRequest() {
      super("the CSRF token is missing or wrong");
    }
  }
}
