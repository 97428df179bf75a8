package io.coffer.access;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * What a token says about its bearer, as far as its issuer may speak.
 *
 * @param organizations the slugs of the organizations that the bearer belongs to
 * @param roles the roles held in each of these
 * @param rolesInOne further roles by organization
 * @param teams the values of its teams claim
 * @param systemAdmin whether the bearer is over all organizations
 * @param bindValue by what the bearer is recognized if it was announced; null: by nothing
 * @param profile how to name the bearer
 */
record Claims(
    SortedSet<String> organizations,
    Set<Role> roles,
    Map<String, Set<Role>> rolesInOne,
    Set<String> teams,
    boolean systemAdmin,
    @Nullable String bindValue,
    Profile profile) {

  /** How to name the bearer; labels only. */
  record Profile(
      Actor.Kind kind, String userName, @Nullable String displayName, @Nullable String email) {}

  /** The roles that count while this organization is selected. */
  Set<Role> rolesIn(String organization) {
    Set<Role> held = EnumSet.noneOf(Role.class);
    if (organizations.contains(organization)) {
      held.addAll(roles);
      held.addAll(rolesInOne.getOrDefault(organization, Set.of()));
    }
    if (systemAdmin) {
      held.add(Role.SYSTEM_ADMIN);
    }
    return held;
  }
}
