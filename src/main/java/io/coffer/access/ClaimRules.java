package io.coffer.access;

import io.coffer.access.issuer.IdentityConfig;
import io.coffer.access.issuer.IdentityConfig.IssuerConfig;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What one issuer's claims count for. What the issuer may not speak for is dropped silently. */
final class ClaimRules {

  private static final String ALL = "*";

  /** As many as the largest providers put into a token before they refer to a page instead. */
  private static final int MAX_TEAMS = 500;

  private static final int MAX_TEAM_LENGTH = 512;

  private final IssuerConfig config;
  private final Set<String> organizations;
  private final Set<Role> roles;
  private final Set<String> teams;
  private final @Nullable String bindClaim;
  private final Map<String, Role> mapping = new HashMap<>();

  /**
   * @param bindClaim the claim that counts for placeholders, if the issuer may speak for them
   */
  ClaimRules(String issuerName, IssuerConfig config, String bindClaim) {
    boolean trusted = issuerName.equals(IdentityConfig.DEFAULT_ISSUER);
    this.config = config;
    this.organizations =
        config.speaksFor().organizations().orElse(trusted ? Set.of(ALL) : Set.of());
    this.roles = allowedRoles(trusted);
    this.teams = config.speaksFor().teams().orElse(trusted ? Set.of(ALL) : Set.of());
    this.bindClaim = config.speaksFor().placeholders().orElse(trusted) ? bindClaim : null;
    config.roleMapping().forEach((value, role) -> mapping.put(value, role(role)));
    if (mapping.isEmpty()) {
      Set.of(Role.values()).forEach(role -> mapping.put(role.wireName(), role));
    }
    config.organization().ifPresent(slug -> Organization.requireSlug(slug));
  }

  Claims read(Map<String, Object> claims) {
    Set<Role> everywhere = EnumSet.noneOf(Role.class);
    Map<String, Set<Role>> inOne = new HashMap<>();
    for (String path : config.rolesClaims()) {
      ClaimValues.strings(claims, path).forEach(value -> addRole(value, everywhere, inOne));
    }
    boolean systemAdmin = everywhere.remove(Role.SYSTEM_ADMIN);
    return new Claims(
        organizations(claims),
        everywhere,
        inOne,
        teams(claims),
        systemAdmin,
        bindClaim == null ? null : ClaimValues.bindValue(claims, bindClaim),
        ClaimValues.profile(claims, config));
  }

  private Set<String> teams(Map<String, Object> claims) {
    return ClaimValues.strings(claims, config.teamsClaim()).stream()
        .filter(value -> teams.contains(ALL) || teams.contains(value))
        .filter(value -> value.length() <= MAX_TEAM_LENGTH && value.indexOf('\0') < 0)
        .limit(MAX_TEAMS)
        .collect(Collectors.toUnmodifiableSet());
  }

  private TreeSet<String> organizations(Map<String, Object> claims) {
    TreeSet<String> slugs = new TreeSet<>();
    for (String value : ClaimValues.strings(claims, config.organizationClaim())) {
      String slug = Organization.toSlug(value);
      boolean allowed = organizations.contains(ALL) || organizations.contains(slug);
      if (allowed && Organization.isSlug(slug)) {
        slugs.add(slug);
      }
    }
    // A claim that names none of ours makes nobody a member of the organization for those without;
    // of an issuer that speaks for no organization the claim counts as absent.
    if (organizations.isEmpty() || !ClaimValues.has(claims, config.organizationClaim())) {
      config.organization().ifPresent(slugs::add);
    }
    return slugs;
  }

  private void addRole(String value, Set<Role> everywhere, Map<String, Set<Role>> inOne) {
    allowed(value).ifPresent(everywhere::add);
    int colon = value.indexOf(':');
    if (colon > 0) {
      String organization = Organization.toSlug(value.substring(0, colon));
      allowed(value.substring(colon + 1))
          // Over all organizations is no role in one of them.
          .filter(role -> role != Role.SYSTEM_ADMIN)
          .ifPresent(
              role ->
                  inOne
                      .computeIfAbsent(organization, slug -> EnumSet.noneOf(Role.class))
                      .add(role));
    }
  }

  private Optional<Role> allowed(String value) {
    return Optional.ofNullable(mapping.get(value)).filter(roles::contains);
  }

  private Set<Role> allowedRoles(boolean trusted) {
    Set<String> names = config.speaksFor().roles().orElse(trusted ? Set.of(ALL) : Set.of());
    Set<Role> allowed = EnumSet.noneOf(Role.class);
    if (names.contains(ALL)) {
      allowed.addAll(EnumSet.allOf(Role.class));
    } else {
      names.forEach(name -> allowed.add(role(name)));
    }
    allowed.remove(Role.SYSTEM_ADMIN);
    if (config.speaksFor().systemAdmin().orElse(trusted)) {
      allowed.add(Role.SYSTEM_ADMIN);
    }
    return allowed;
  }

  private static Role role(String name) {
    return Role.ofWireName(name)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "coffer.identity.issuers: '"
                        + name
                        + "' is no role; roles are "
                        + Set.of(Role.values()).stream().map(Role::wireName).sorted().toList()));
  }
}
