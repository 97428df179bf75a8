package io.coffer.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.coffer.access.issuer.CheckedToken;
import io.coffer.access.issuer.IdentityConfig;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads the token that the request at hand presents. */
@ApplicationScoped
class PresentedTokens {

  private final CurrentIdentityAssociation identities;
  private final Map<String, ClaimRules> rules = new HashMap<>();
  // Of each remembered token; it goes when the token is forgotten.
  private final Cache<CheckedToken, Claims> claims = Caffeine.newBuilder().weakKeys().build();

  PresentedTokens(
      CurrentIdentityAssociation identities, IdentityConfig config, PrincipalsConfig principals) {
    this.identities = identities;
    config
        .issuers()
        .forEach(
            (name, issuer) ->
                rules.put(name, new ClaimRules(name, issuer, principals.bindClaim())));
  }

  /** Makes this at the start, so that a wrong rule is found then and not by the first caller. */
  void start(@Observes StartupEvent event) {}

  /**
   * The token.
   *
   * @return fails with {@link Denied.Unauthenticated} if there is none that counts, with {@link
   *     io.coffer.access.issuer.IdentityFailure} if it is not accepted
   */
  Uni<Presented> current() {
    return ifAny().map(found -> found.orElseThrow(Denied.Unauthenticated::new));
  }

  /** The token, if the request has one. */
  Uni<Optional<Presented>> ifAny() {
    return identities.getDeferredIdentity().map(this::read);
  }

  private Optional<Presented> read(SecurityIdentity identity) {
    CheckedToken token = Authentication.tokenOf(identity);
    if (token == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Presented(
            token, claims.get(token, this::claimsOf), Authentication.bySession(identity)));
  }

  private Claims claimsOf(CheckedToken token) {
    ClaimRules issuerRules = rules.get(token.issuerName());
    if (issuerRules == null) {
      throw new Denied.Unauthenticated();
    }
    return issuerRules.read(token.claims());
  }
}
