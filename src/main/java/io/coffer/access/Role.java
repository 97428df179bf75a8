package io.coffer.access;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a caller is in an organization; {@link #SYSTEM_ADMIN} is over all organizations. */
public enum Role {
  /** Reads, uses and changes every credential that the organization owns. */
  ADMIN,
  /** Reads and uses every credential that the organization owns. */
  USE,
  /** Reads every credential that the organization owns, without its secrets. */
  READ,
  /** Creates credentials for the organization, and is admin of what it made. */
  CREATOR,
  /** Reads who did what. */
  AUDITOR,
  /** Makes and changes the organization's own credential types. */
  TYPE_ADMIN,
  /** Acts as admin in every organization, but gets no value out. */
  SYSTEM_ADMIN;

  /** What is said of a role that is none. */
  public static final String IN_ORGANIZATIONS =
      "There is no such role in an organization; there are "
          + Stream.of(values())
              .filter(role -> role != SYSTEM_ADMIN)
              .map(Role::wireName)
              .collect(Collectors.joining(", "))
          + ".";

  /** The bits of {@link Rights} that it gives on everything that the organization owns. */
  public int bits() {
    return switch (this) {
      case ADMIN -> 7;
      case USE -> 3;
      case READ -> 1;
      case SYSTEM_ADMIN -> 5;
      case CREATOR, AUDITOR, TYPE_ADMIN -> 0;
    };
  }

  /** The name in tokens, problems and answers, for example {@code type_admin}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The wire names, in the order of the roles. */
  public static List<String> wireNames(Set<Role> roles) {
    return roles.stream().sorted().map(Role::wireName).toList();
  }

  /** The role of this wire name, compared exactly. */
  public static Optional<Role> ofWireName(String name) {
    return Stream.of(values()).filter(role -> role.wireName().equals(name)).findFirst();
  }
}
