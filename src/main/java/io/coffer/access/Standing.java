package io.coffer.access;

import java.util.List;
import java.util.Set;

/**
 * By what a caller stands in the organization that is selected for it, as far as its token tells.
 * Rows of memberships and teams add to it; the {@link AccessDecision} joins them in.
 *
 * @param basis what makes it a member
 * @param teams the values of its token's teams claim
 * @param organizations the slugs of the organizations that it names: in these the values mean teams
 */
record Standing(Basis basis, Set<String> teams, Set<String> organizations) {

  /** What makes a caller a member of the selected organization. */
  enum Basis {
    /** The token names the organization, or its bearer is over all of them. */
    CLAIM,
    /** The request names the organization; a row must say that the caller belongs to it. */
    MEMBERSHIP,
    /** Nobody names it: a row must say so, and be the caller's only one. */
    ONLY_MEMBERSHIP
  }

  Standing {
    teams = Set.copyOf(teams);
    organizations = Set.copyOf(organizations);
  }

  static Standing of(Basis basis) {
    return new Standing(basis, Set.of(), Set.of());
  }

  /** The parameters of the decision that stand for it, in order. */
  List<Object> parameters() {
    return List.of(
        basis == Basis.CLAIM,
        basis == Basis.ONLY_MEMBERSHIP,
        teams.toArray(String[]::new),
        organizations.toArray(String[]::new));
  }
}
