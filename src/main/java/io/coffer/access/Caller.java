package io.coffer.access;

import java.util.List;
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
 * @param actor who it is, for records
 * @param origin where the request came from, for records
 */
public record Caller(
    UUID principal,
    UUID organization,
    String organizationSlug,
    Set<Role> roles,
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

  /** The wire names of the roles, in the order of {@link Role}. */
  public List<String> roleNames() {
    return Stream.of(Role.values()).filter(roles::contains).map(Role::wireName).toList();
  }
}
