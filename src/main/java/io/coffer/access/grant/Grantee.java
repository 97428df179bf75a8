package io.coffer.access.grant;

import java.util.Locale;
import java.util.UUID;

/**
 * To whom something is granted.
 *
 * @param kind a person or workload, or a team
 * @param id its id
 */
public record Grantee(Kind kind, UUID id) {

  /** The kinds of grantees. */
  public enum Kind {
    PRINCIPAL,
    TEAM;

    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public static Grantee principal(UUID id) {
    return new Grantee(Kind.PRINCIPAL, id);
  }

  public static Grantee team(UUID id) {
    return new Grantee(Kind.TEAM, id);
  }
}
