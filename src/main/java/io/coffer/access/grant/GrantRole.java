package io.coffer.access.grant;

import io.coffer.access.Right;
import io.coffer.access.Rights;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a grant gives. Each role contains the ones after it. */
public enum GrantRole {
  ADMIN(Rights.ALL),
  USE(new Rights(Right.USE.bit() | Right.READ.bit())),
  READ(new Rights(Right.READ.bit()));

  private final Rights rights;

  GrantRole(Rights rights) {
    this.rights = rights;
  }

  /** What whoever is granted this role may do. */
  Rights rights() {
    return rights;
  }

  /** A right that it gives and the holder of these rights lacks: nobody grants that. */
  Optional<Right> beyond(Rights held) {
    return Stream.of(Right.values())
        .filter(right -> rights.has(right) && !held.has(right))
        .findFirst();
  }

  /** The name in requests, answers and rows. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role of this wire name, compared exactly. */
  public static Optional<GrantRole> ofWireName(String name) {
    return Stream.of(values()).filter(role -> role.wireName().equals(name)).findFirst();
  }
}
