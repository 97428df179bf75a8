package io.coffer.access;

import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

/** Callers as their tokens alone tell of them, for tests without HTTP. */
public final class TestCallers {

  private TestCallers() {}

  /** A caller that selects an organization; rows say the rest. */
  public static Caller byToken(
      UUID principal,
      UUID organization,
      String slug,
      Set<String> roles,
      boolean claimed,
      Set<String> teams,
      Set<String> organizations) {
    Set<Role> held = EnumSet.noneOf(Role.class);
    roles.forEach(name -> held.add(Role.ofWireName(name).orElseThrow()));
    return new Caller(
        principal,
        organization,
        slug,
        held,
        new Standing(
            claimed ? Standing.Basis.CLAIM : Standing.Basis.MEMBERSHIP, teams, organizations),
        new Actor("urn:test", principal.toString(), Actor.Kind.PERSON, "somebody"),
        AccessEvent.Origin.NONE);
  }
}
