package io.coffer.access.login;

import io.coffer.access.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What somebody is and may do in one organization, in words.
 *
 * @param organization its slug
 * @param roles the names of the roles held
 * @param abilities a sentence for each thing that these roles allow
 */
record Membership(String organization, List<String> roles, List<String> abilities) {

  static Membership of(String organization, Set<Role> held) {
    List<String> abilities = new ArrayList<>();
    abilities.add("Create credentials of your own, and use and change them.");
    held.stream().sorted().forEach(role -> abilities.add(ability(role)));
    return new Membership(
        organization, held.stream().sorted().map(Role::wireName).toList(), abilities);
  }

  private static String ability(Role role) {
    return switch (role) {
      case ADMIN -> "Create, read, use, change and delete every credential of the organization.";
      case USE -> "Read and use every credential of the organization.";
      case READ -> "Read every credential of the organization, without its secrets.";
      case CREATOR -> "Create credentials for the organization, and change what you created.";
      case AUDITOR -> "Read who did what in the organization.";
      case TYPE_ADMIN -> "Make credential types for the organization.";
      case SYSTEM_ADMIN -> "Administer every organization, without getting at secret values.";
    };
  }
}
