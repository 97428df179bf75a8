package io.coffer.access;

import io.coffer.access.Memberships.Membership;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Who makes the request at hand, in the organization that is selected for it.
 *
 * @param principal the id of the person's or workload's row
 * @param organization the id of the tenant that bounds every query
 * @param organizationSlug the tenant's short name
 * @param roles the roles held in that organization
 * @param standing by what it stands in that organization
 * @param actor who it is, for records
 * @param origin where the request came from, for records
 */
public record Caller(
    UUID principal,
    UUID organization,
    String organizationSlug,
    Set<Role> roles,
    Standing standing,
    Actor actor,
    AccessEvent.Origin origin) {

  public Caller {
    roles = Set.copyOf(roles);
  }

  public boolean has(Role role) {
    return roles.contains(role);
  }

  /**
   * Passes if any of these roles is held.
   *
   * @throws Denied.MissingRole naming them
   */
  public void requireAny(Role... anyOf) {
    List<Role> wanted = List.of(anyOf);
    if (wanted.stream().noneMatch(roles::contains)) {
      throw new Denied.MissingRole(Set.copyOf(wanted.stream().map(Role::wireName).toList()));
    }
  }

  /**
   * The same caller with what rows say added.
   *
   * @throws Denied.NotVisible if nothing makes it a member of its organization
   */
  Caller with(boolean systemAdmin, Optional<Membership> membership) {
    if (standing.basis() != Standing.Basis.CLAIM && !systemAdmin && membership.isEmpty()) {
      throw new Denied.NotVisible();
    }
    Set<Role> all = EnumSet.noneOf(Role.class);
    all.addAll(roles);
    membership.ifPresent(it -> all.addAll(it.roles()));
    if (systemAdmin) {
      all.add(Role.SYSTEM_ADMIN);
    }
    return new Caller(principal, organization, organizationSlug, all, standing, actor, origin);
  }

  /** Whether its token's teams claim has this value, and counts in its organization. */
  public boolean presentsTeam(String claimValue) {
    return standing.teams().contains(claimValue)
        && standing.organizations().contains(organizationSlug);
  }

  /** The wire names of the roles, in the order of {@link Role}. */
  public List<String> roleNames() {
    return Stream.of(Role.values()).filter(roles::contains).map(Role::wireName).toList();
  }
}
