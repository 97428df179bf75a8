package io.coffer.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.coffer.access.Memberships.Membership;
import io.coffer.access.OrganizationSelection.Selected;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Tells who makes the request at hand. */
@ApplicationScoped
public class Callers {

  /** The header by which a caller that belongs to several organizations selects one. */
  public static final String ORGANIZATION_HEADER = "X-Coffer-Organization";

  private final CurrentIdentityAssociation identities;
  private final CurrentVertxRequest request;
  private final Principals principals;
  private final OrganizationSelection selection;
  private final Memberships memberships;
  private final Map<String, ClaimRules> rules = new HashMap<>();
  // Of each remembered token; it goes when the token is forgotten.
  private final Cache<CheckedToken, Claims> claimsByToken =
      Caffeine.newBuilder().weakKeys().build();

  Callers(
      CurrentIdentityAssociation identities,
      CurrentVertxRequest request,
      Principals principals,
      OrganizationSelection selection,
      Memberships memberships,
      IdentityConfig config) {
    this.identities = identities;
    this.request = request;
    this.principals = principals;
    this.selection = selection;
    this.memberships = memberships;
    config.issuers().forEach((name, issuer) -> rules.put(name, new ClaimRules(name, issuer)));
  }

  /** Makes this at the start, so that a wrong rule is found then and not by the first caller. */
  void start(@Observes StartupEvent event) {}

  /**
   * Who calls, in the organization that the request selects, with all its roles: those of its token
   * and those of rows.
   *
   * @return fails as {@link #decide} does, and with {@link Denied.PrincipalDisabled}
   */
  public Uni<Caller> current() {
    return identified(organizationHeader()).chain(this::withRows);
  }

  /**
   * The same caller as if the request selected this organization.
   *
   * @param organization a slug or id; null: the one that is selected anyway
   * @return fails as {@link #current} does
   */
  public Uni<Caller> in(Caller caller, @Nullable String organization) {
    return organization == null
            || organization.equals(caller.organization().toString())
            || organization.equals(caller.organizationSlug())
        ? Uni.createFrom().item(caller)
        : identified(organization).chain(this::withRows);
  }

  /**
   * Does what the {@link AccessDecision} decides by its own query, for the caller at hand: once it
   * is known here, no look-up goes before. The work sees the roles of the token alone.
   *
   * @param work fails with {@link Denied.NotVisible} where the decision lets nothing through
   * @return fails with {@link Denied.Unauthenticated} without a token that counts here, with {@link
   *     io.coffer.access.issuer.IdentityFailure} if the token is not accepted, with {@link
   *     Denied.OrganizationRequired} or {@link Denied.NotVisible} if no organization, or one that
   *     is not the caller's, is selected; with {@link Denied.PrincipalDisabled} if that is why
   *     nothing was let through
   */
  public <T> Uni<T> decide(Function<Caller, Uni<T>> work) {
    return identified(organizationHeader())
        .chain(
            caller ->
                work.apply(caller)
                    .onFailure(Denied.NotVisible.class)
                    .recoverWithUni(() -> decideAgain(caller, work)));
  }

  /** Nothing was found: because of a disabled caller, or one that now belongs elsewhere? */
  private <T> Uni<T> decideAgain(Caller before, Function<Caller, Uni<T>> work) {
    selection.forget(before.principal());
    return current()
        .chain(
            now ->
                now.organization().equals(before.organization())
                    ? Uni.createFrom().failure(Denied.NotVisible::new)
                    : work.apply(now));
  }

  /** Who calls, by its token alone. */
  private Uni<Caller> identified(@Nullable String named) {
    return token()
        .chain(
            token -> {
              Claims claims = claimsOf(token);
              return principal(token, claims)
                  .chain(
                      principal ->
                          selection
                              .select(claims, principal, named)
                              .map(selected -> caller(token, claims, principal, selected)));
            });
  }

  private Uni<Caller> withRows(Caller caller) {
    boolean guessed = caller.standing().basis() == Standing.Basis.ONLY_MEMBERSHIP;
    return memberships
        .of(caller.principal(), guessed ? null : caller.organization())
        .chain(
            rows -> {
              if (guessed && rows.memberships().size() != 1) {
                selection.forget(caller.principal());
                throw new Denied.OrganizationRequired(rows.slugs());
              }
              Optional<Membership> membership = rows.in(caller.organization());
              if (guessed && membership.isEmpty()) {
                selection.forget(caller.principal());
                return current();
              }
              return Uni.createFrom().item(caller.with(rows.systemAdmin(), membership));
            });
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
              return principal(token, claims)
                  .chain(principal -> memberships.of(principal, null))
                  .map(
                      rows -> {
                        if (!claims.systemAdmin() && !rows.systemAdmin()) {
                          throw new Denied.MissingRole(Set.of(Role.SYSTEM_ADMIN.wireName()));
                        }
                        return actor(token, claims);
                      });
            });
  }

  private static Visitor visitor(CheckedToken token, Claims claims, boolean bySession) {
    SortedMap<String, Set<Role>> roles = new TreeMap<>();
    claims.organizations().forEach(slug -> roles.put(slug, claims.rolesIn(slug)));
    return new Visitor(
        token.issuer(), token.subject(), claims.profile().userName(), roles, bySession);
  }

  /** The token of the request at hand; fails as {@link #identified} does without one. */
  Uni<CheckedToken> token() {
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
    return claimsByToken.get(token, this::read);
  }

  private Claims read(CheckedToken token) {
    ClaimRules issuerRules = rules.get(token.issuerName());
    if (issuerRules == null) {
      throw new Denied.Unauthenticated();
    }
    return issuerRules.read(token.claims());
  }

  private Uni<UUID> principal(CheckedToken token, Claims claims) {
    return principals.idOf(token.issuer(), token.subject(), claims.profile());
  }

  private @Nullable String organizationHeader() {
    RoutingContext current = request.getCurrent();
    return current == null ? null : current.request().getHeader(ORGANIZATION_HEADER);
  }

  private Caller caller(CheckedToken token, Claims claims, UUID principal, Selected selected) {
    Organization organization = selected.organization();
    return new Caller(
        principal,
        organization.id(),
        organization.slug(),
        claims.rolesIn(organization.slug()),
        new Standing(selected.basis(), claims.teams(), claims.organizations()),
        actor(token, claims),
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
