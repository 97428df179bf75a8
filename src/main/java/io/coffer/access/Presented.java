package io.coffer.access;

import io.coffer.access.issuer.CheckedToken;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A good token, read by the rules of its issuer.
 *
 * @param token the token
 * @param claims what it says, as far as its issuer may speak
 * @param bySession whether it came in the browser's session
 */
record Presented(CheckedToken token, Claims claims, boolean bySession) {

  Actor actor() {
    Claims.Profile profile = claims.profile();
    return new Actor(token.issuer(), token.subject(), profile.kind(), profile.userName());
  }

  /** The roles in each organization that it names, by slug. */
  SortedMap<String, Set<Role>> roles() {
    SortedMap<String, Set<Role>> roles = new TreeMap<>();
    claims.organizations().forEach(slug -> roles.put(slug, claims.rolesIn(slug)));
    return roles;
  }

  Visitor visitor() {
    return new Visitor(
        token.issuer(), token.subject(), claims.profile().userName(), roles(), bySession);
  }
}
