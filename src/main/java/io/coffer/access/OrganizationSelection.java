package io.coffer.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.coffer.access.Memberships.Membership;
import io.coffer.access.Standing.Basis;
import io.coffer.access.issuer.IdentityConfig;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which organization a request is about: the one that it names, else the one of the token's claim,
 * else the only one that the caller belongs to by a row.
 */
@ApplicationScoped
class OrganizationSelection {

  private final Organizations organizations;
  private final Memberships memberships;
  // Only a guess that saves a look-up: the decision checks that it is still the only one.
  private final Cache<UUID, Organization> onlyOnes;

  OrganizationSelection(
      Organizations organizations, Memberships memberships, IdentityConfig config) {
    this.organizations = organizations;
    this.memberships = memberships;
    this.onlyOnes = Caffeine.newBuilder().maximumSize(config.maxKnownPrincipals()).build();
  }

  /** The selected organization, and what must make the caller a member of it. */
  record Selected(Organization organization, Basis basis) {}

  /**
   * Selects.
   *
   * @param named what the request names, a slug or an id; null: nothing
   * @return fails with {@link Denied.OrganizationRequired} if nothing is named and it is not clear,
   *     with {@link Denied.NotVisible} if there is no organization of that name
   */
  Uni<Selected> select(Claims claims, UUID principal, @Nullable String named) {
    if (named != null) {
      return named(Organization.toSlug(named.strip()), claims);
    }
    return switch (claims.organizations().size()) {
      case 0 -> onlyOne(principal);
      case 1 -> organizations.named(claims.organizations().first()).map(byClaim());
      default ->
          memberships
              .of(principal, null)
              .map(
                  rows -> {
                    TreeSet<String> choices = new TreeSet<>(claims.organizations());
                    choices.addAll(rows.slugs());
                    throw new Denied.OrganizationRequired(List.copyOf(choices));
                  });
    };
  }

  /** Forgets what was guessed about the caller. */
  void forget(UUID principal) {
    onlyOnes.invalidate(principal);
  }

  /** Forgets the organization that was selected: it is not there any more. */
  void forget(Caller caller) {
    forget(caller.principal());
    organizations.forget(caller.organization(), caller.organizationSlug());
  }

  private Uni<Selected> named(String slugOrId, Claims claims) {
    if (claims.organizations().contains(slugOrId)) {
      return organizations.named(slugOrId).map(byClaim());
    }
    return organizations
        .existing(slugOrId)
        .map(
            found -> {
              // The same answer whether it exists or the caller does not belong to it.
              Organization organization = found.orElseThrow(Denied.NotVisible::new);
              boolean claimed =
                  claims.systemAdmin() || claims.organizations().contains(organization.slug());
              return new Selected(organization, claimed ? Basis.CLAIM : Basis.MEMBERSHIP);
            });
  }

  private Uni<Selected> onlyOne(UUID principal) {
    Organization guess = onlyOnes.getIfPresent(principal);
    return guess != null
        ? Uni.createFrom().item(new Selected(guess, Basis.ONLY_MEMBERSHIP))
        : memberships.of(principal, null).chain(rows -> only(principal, rows));
  }

  private Uni<Selected> only(UUID principal, Memberships.Rows rows) {
    if (rows.memberships().size() != 1) {
      return Uni.createFrom().failure(new Denied.OrganizationRequired(rows.slugs()));
    }
    Membership membership = rows.memberships().getFirst();
    return organizations
        .existing(membership.slug())
        .map(Optional::orElseThrow)
        .invoke(organization -> onlyOnes.put(principal, organization))
        .map(organization -> new Selected(organization, Basis.ONLY_MEMBERSHIP));
  }

  private static Function<Organization, Selected> byClaim() {
    return organization -> new Selected(organization, Basis.CLAIM);
  }
}
