package io.coffer.access.people;

import io.coffer.access.Caller;
import io.coffer.access.Role;

/** Who looks at people; some see more of them than others. */
enum Viewer {
  MEMBER,
  ADMIN,
  SYSTEM_ADMIN;

  static Viewer of(Caller caller) {
    if (caller.has(Role.SYSTEM_ADMIN)) {
      return SYSTEM_ADMIN;
    }
    return caller.has(Role.ADMIN) ? ADMIN : MEMBER;
  }
}
