package io.coffer.access;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Who makes the request at hand, in all its organizations at once; none is selected.
 *
 * @param principal the id of the person's or workload's row
 * @param actor who it is, for records
 * @param origin where the request came from, for records
 * @param systemAdmin whether it is over all organizations, by its token or its row
 * @param byClaim the roles in each organization that its token names, by slug
 * @param byRow the roles in each organization that it belongs to by a row, by slug
 */
public record Bearer(
    UUID principal,
    Actor actor,
    AccessEvent.Origin origin,
    boolean systemAdmin,
    SortedMap<String, Set<Role>> byClaim,
    SortedMap<String, Set<Role>> byRow) {

  public Bearer {
    byClaim = Collections.unmodifiableSortedMap(new TreeMap<>(byClaim));
    byRow = Collections.unmodifiableSortedMap(new TreeMap<>(byRow));
  }

  /** The roles in each of its organizations, by slug. */
  public SortedMap<String, Set<Role>> organizations() {
    SortedMap<String, Set<Role>> all = new TreeMap<>();
    for (Map<String, Set<Role>> source : List.of(byClaim, byRow)) {
      source.keySet().forEach(slug -> all.put(slug, rolesIn(slug, Set.of())));
    }
    return all;
  }

  /**
   * The roles in one organization.
   *
   * @param more what a row read elsewhere says besides
   */
  public Set<Role> rolesIn(String slug, Set<Role> more) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    roles.addAll(byClaim.getOrDefault(slug, Set.of()));
    roles.addAll(byRow.getOrDefault(slug, Set.of()));
    roles.addAll(more);
    if (systemAdmin) {
      roles.add(Role.SYSTEM_ADMIN);
    }
    return roles;
  }

  /**
   * Passes if it is over all organizations.
   *
   * @throws Denied.MissingRole otherwise
   */
  public void requireSystemAdmin() {
    if (!systemAdmin) {
      throw new Denied.MissingRole(Set.of(Role.SYSTEM_ADMIN.wireName()));
    }
  }

  /** What it did in no organization, with the outcome {@code DONE}. */
  public AccessEvent done(String action, Instant time) {
    return new AccessEvent(
        time,
        actor,
        null,
        null,
        action,
        AccessEvent.Outcome.DONE,
        null,
        origin,
        Collections.emptySortedMap());
  }
}
