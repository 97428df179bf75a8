package io.coffer.access;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who may do what, in plain words: tests hold the decision against it. */
public final class AccessModel {

  private static final Map<String, Integer> BITS =
      Map.of("admin", 7, "use", 3, "read", 1, "system_admin", 5);

  /** A credential: its tenant, its owner (null: the tenant), who made it, whether it is deleted. */
  public record Thing(String organization, @Nullable String owner, String maker, boolean deleted) {}

  /** A granted role, and whether it reaches across organizations. */
  public record Granted(String role, boolean across) {}

  /** A person, with what rows and its token say. */
  public static final class Person {
    public boolean disabled;
    public boolean systemAdminByRow;
    public boolean systemAdminByToken;

    /** Roles by organization, out of rows and out of the token. */
    public final Map<String, Set<String>> rows = new HashMap<>();

    public final Map<String, Set<String>> token = new HashMap<>();

    /** Teams, out of rows and out of the token. */
    public final Set<String> teams = new HashSet<>();

    public final Set<String> tokenTeams = new HashSet<>();
  }

  public final Map<String, Person> people = new HashMap<>();
  public final Map<String, Thing> things = new HashMap<>();

  /** The organization of each team. */
  public final Map<String, String> teams = new HashMap<>();

  /** What is granted, by thing and then by person or team. */
  public final Map<String, Map<String, Granted>> grants = new HashMap<>();

  /** What stands under a name that is known to be there. */
  public static <T> T of(Map<String, T> all, String name) {
    return Objects.requireNonNull(all.get(name), name);
  }

  /** The bits of the rights that somebody has on a thing while an organization is selected. */
  public int rights(String person, String selected, String thing) {
    Person who = of(people, person);
    Thing what = of(things, thing);
    if (who.disabled || !belongs(who, selected)) {
      return 0;
    }
    boolean here = what.organization().equals(selected);
    int granted = granted(person, what, thing, here);
    int bits = here ? byRole(person, who, what) | granted : granted & 3;
    return !what.deleted() ? bits : (bits & 4) != 0 ? 5 : 0;
  }

  /** Whether rows or the token make it a member. */
  public static boolean belongs(Person who, String organization) {
    return who.systemAdminByRow
        || who.systemAdminByToken
        || who.rows.containsKey(organization)
        || who.token.containsKey(organization);
  }

  /** The roles held in an organization. */
  public static Set<String> roles(Person who, String organization) {
    Set<String> roles = new HashSet<>(who.rows.getOrDefault(organization, Set.of()));
    roles.addAll(who.token.getOrDefault(organization, Set.of()));
    if (who.systemAdminByRow || who.systemAdminByToken) {
      roles.add("system_admin");
    }
    return roles;
  }

  private static int byRole(String person, Person who, Thing what) {
    if (what.owner() != null) {
      return what.owner().equals(person) ? 7 : 0;
    }
    Set<String> roles = roles(who, what.organization());
    return roles.contains("creator") && what.maker().equals(person)
        ? 7
        : roles.stream().mapToInt(role -> BITS.getOrDefault(role, 0)).reduce(0, (a, b) -> a | b);
  }

  private int granted(String person, Thing what, String thing, boolean here) {
    Person who = of(people, person);
    boolean inside =
        here
            || who.rows.containsKey(what.organization())
            || who.token.containsKey(what.organization());
    int bits = 0;
    for (var grant : grants.getOrDefault(thing, Map.of()).entrySet()) {
      boolean mine = grant.getKey().equals(person);
      boolean ours =
          who.teams.contains(grant.getKey())
              || (who.tokenTeams.contains(grant.getKey())
                  && who.token.containsKey(String.valueOf(teams.get(grant.getKey()))));
      if ((mine || ours) && (grant.getValue().across() || inside)) {
        bits |= of(BITS, grant.getValue().role());
      }
    }
    return bits;
  }
}
