package io.coffer.access.grant;

import io.coffer.access.AccessDecision;
import io.coffer.access.Caller;
import io.coffer.access.Denied;
import io.coffer.access.Right;
import io.coffer.access.Rights;
import io.coffer.access.Role;
import io.coffer.web.InvalidBody;
import io.coffer.web.Problem;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who may grant what to whom. */
final class GrantRules {

  private GrantRules() {}

  /**
   * What a grant that may be made will be.
   *
   * @param across whether it counts for a grantee that comes from another organization
   * @param emergency whether somebody gives itself what it lacks
   */
  record Permit(boolean across, boolean emergency) {}

  /**
   * Whether the caller may grant the role: nobody grants more than it has, but for a system
   * administrator who gives itself {@code use} and says why, each time. What it gave itself it does
   * not pass on.
   *
   * <p>Who else is a member of the organization may be known by its token alone, when it comes: so
   * every grant to a principal may be made, and counts for members. To reach across organizations
   * it needs an admin of the organization, by role; such a grant never lets anybody administer.
   *
   * @throws Denied naming what the caller lacks
   */
  static Permit permit(Caller caller, SharedThing thing, Grantee grantee, GrantRequest request) {
    thing.rights().require(Right.ADMIN);
    boolean lent = isOnlySystemAdmin(caller, thing);
    Optional<Right> beyond =
        request.role().beyond(lent ? new Rights(Role.SYSTEM_ADMIN.bits()) : thing.rights());
    boolean across =
        grantee.kind() == Grantee.Kind.PRINCIPAL
            && request.role() != GrantRole.ADMIN
            && !lent
            && AccessDecision.administers(caller);
    if (beyond.isEmpty()) {
      return new Permit(across, false);
    }
    if (request.role() == GrantRole.USE
        && lent
        && grantee.equals(Grantee.principal(caller.principal()))) {
      requireReason(request);
      return new Permit(false, true);
    }
    throw new Denied.MissingRole(Set.of(beyond.get().wireName()));
  }

  private static boolean isOnlySystemAdmin(Caller caller, SharedThing thing) {
    boolean maker = caller.has(Role.CREATOR) && caller.principal().equals(thing.maker());
    return caller.has(Role.SYSTEM_ADMIN)
        && !caller.has(Role.ADMIN)
        && !maker
        && !caller.principal().equals(thing.owner());
  }

  /**
   * Refuses what would give nothing: a grant within the organization to somebody who belongs to
   * others only.
   */
  static void requireReach(GrantRepository.Known grantee, GrantRole role, Permit permit) {
    if (!grantee.outside() || permit.across()) {
      return;
    }
    if (role == GrantRole.ADMIN) {
      throw invalid("role", "across_organizations", "Others than members may get use or read.");
    }
    throw new Denied.MissingRole(Set.of(Role.ADMIN.wireName()));
  }

  private static void requireReason(GrantRequest request) {
    if (request.reason() == null) {
      throw invalid("reason", "required", "Say why you give yourself what your role lacks.");
    }
  }

  private static InvalidBody invalid(String member, String rule, String message) {
    return new InvalidBody(List.of(new Problem.FieldError(member, rule, message)));
  }
}
