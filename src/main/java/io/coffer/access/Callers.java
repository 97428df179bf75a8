package io.coffer.access;

import io.coffer.access.issuer.CheckedToken;
import io.coffer.access.issuer.IdentityConfig;
import io.coffer.web.RequestId;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tells who makes the request at hand. */
@ApplicationScoped
public class Callers {

  /** The header by which a caller that belongs to several organizations selects one. */
  public static final String ORGANIZATION_HEADER = "X-Coffer-Organization";

  private final CurrentIdentityAssociation identities;
  private final CurrentVertxRequest request;
  private final Principals principals;
  private final Organizations organizations;
  private final Map<String, ClaimRules> rules = new HashMap<>();

  Callers(
      CurrentIdentityAssociation identities,
      CurrentVertxRequest request,
      Principals principals,
      Organizations organizations,
      IdentityConfig config) {
    this.identities = identities;
    this.request = request;
    this.principals = principals;
    this.organizations = organizations;
    config.issuers().forEach((name, issuer) -> rules.put(name, new ClaimRules(name, issuer)));
  }

  /** Makes this at the start, so that a wrong rule is found then and not by the first caller. */
  void start(@Observes StartupEvent event) {}

  /**
   * Who calls, in the organization that the request selects, if the caller was not disabled.
   *
   * @return fails as {@link #identified} does, and with {@link Denied.PrincipalDisabled}
   */
  public Uni<Caller> current() {
    return identified().call(caller -> principals.requireEnabled(caller.principal()));
  }

  /**
   * Who calls, in the organization that the request selects, without a look-up once the caller is
   * known here. It may have been disabled: only for what the {@link AccessDecision} then decides by
   * its own query.
   *
   * @return fails with {@link Denied.Unauthenticated} without a token that counts here, with {@link
   *     io.coffer.access.issuer.IdentityFailure} if the token is not accepted, with {@link
   *     Denied.OrganizationRequired} or {@link Denied.NotVisible} if no organization, or one that
   *     is not the caller's, is selected
   */
  public Uni<Caller> identified() {
    return token()
        .chain(
            token -> {
              Claims claims = claimsOf(token);
              return Uni.combine()
                  .all()
                  .unis(principal(token, claims), organization(claims))
                  .with((principal, selected) -> caller(token, claims, principal, selected));
            });
  }

  /**
   * What to answer when the decision let no row through to an {@link #identified} caller: always
   * fails, with {@link Denied.PrincipalDisabled} if that is why, else with {@link
   * Denied.NotVisible}.
   */
  public <T> Uni<T> nothingFound(Caller caller) {
    return principals
        .requireEnabled(caller.principal())
        .chain(() -> Uni.createFrom().failure(Denied.NotVisible::new));
  }

  /** Who calls if anybody does, without an organization being selected. */
  public Uni<Optional<Visitor>> visitor() {
    return identities
        .getDeferredIdentity()
        .map(
            identity ->
                Optional.ofNullable(Authentication.tokenOf(identity))
                    .map(
                        token ->
                            visitor(token, claimsOf(token), Authentication.bySession(identity))));
  }

  /**
   * Who calls, if it is over all organizations; none needs to be selected.
   *
   * @return fails with {@link Denied.Unauthenticated}, {@link Denied.MissingRole} or {@link
   *     Denied.PrincipalDisabled}
   */
  public Uni<Actor> systemAdmin() {
    return token()
        .chain(
            token -> {
              Claims claims = claimsOf(token);
              if (!claims.systemAdmin()) {
                throw new Denied.MissingRole(Set.of(Role.SYSTEM_ADMIN.wireName()));
              }
              return principal(token, claims)
                  .chain(principals::requireEnabled)
                  .replaceWith(() -> actor(token, claims));
            });
  }

  private static Visitor visitor(CheckedToken token, Claims claims, boolean bySession) {
    SortedMap<String, Set<Role>> roles = new TreeMap<>();
    claims.organizations().forEach(slug -> roles.put(slug, claims.rolesIn(slug)));
    return new Visitor(
        token.issuer(), token.subject(), claims.profile().userName(), roles, bySession);
  }

  private Uni<CheckedToken> token() {
    return identities
        .getDeferredIdentity()
        .map(
            identity -> {
              CheckedToken token = Authentication.tokenOf(identity);
              if (token == null) {
                throw new Denied.Unauthenticated();
              }
              return token;
            });
  }

  private Claims claimsOf(CheckedToken token) {
    ClaimRules issuerRules = rules.get(token.issuerName());
    if (issuerRules == null) {
      throw new Denied.Unauthenticated();
    }
    return issuerRules.read(token.claims());
  }

  private Uni<UUID> principal(CheckedToken token, Claims claims) {
    return principals.idOf(token.issuer(), token.subject(), claims.profile());
  }

  private Uni<Organization> organization(Claims claims) {
    String header = organizationHeader();
    if (header != null) {
      return selected(header.strip(), claims);
    }
    if (claims.organizations().size() == 1) {
      return organizations.named(claims.organizations().first());
    }
    return Uni.createFrom()
        .failure(new Denied.OrganizationRequired(List.copyOf(claims.organizations())));
  }

  private Uni<Organization> selected(String header, Claims claims) {
    String slug = Organization.toSlug(header);
    if (claims.organizations().contains(slug)) {
      return organizations.named(slug);
    }
    return existing(slug)
        .map(
            found ->
                found
                    .filter(
                        it -> claims.systemAdmin() || claims.organizations().contains(it.slug()))
                    // The same answer whether it exists or not.
                    .orElseThrow(Denied.NotVisible::new));
  }

  private Uni<Optional<Organization>> existing(String slugOrId) {
    try {
      return organizations.byId(UUID.fromString(slugOrId));
    } catch (IllegalArgumentException notAnId) {
      return organizations.bySlug(slugOrId);
    }
  }

  private @Nullable String organizationHeader() {
    RoutingContext current = request.getCurrent();
    return current == null ? null : current.request().getHeader(ORGANIZATION_HEADER);
  }

  private Caller caller(
      CheckedToken token, Claims claims, UUID principal, Organization organization) {
    Actor actor = actor(token, claims);
    return new Caller(
        principal,
        organization.id(),
        organization.slug(),
        claims.rolesIn(organization.slug()),
        actor,
        origin());
  }

  /** Where the request at hand came from. */
  public AccessEvent.Origin origin() {
    RoutingContext current = request.getCurrent();
    SocketAddress address = current == null ? null : current.request().remoteAddress();
    return new AccessEvent.Origin(
        RequestId.current(), address == null ? null : address.hostAddress(), null);
  }

  private static Actor actor(CheckedToken token, Claims claims) {
    return new Actor(
        token.issuer(), token.subject(), claims.profile().kind(), claims.profile().userName());
  }
}
