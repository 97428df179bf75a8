package io.coffer.access;

import io.coffer.access.Memberships.Membership;
import io.coffer.access.OrganizationSelection.Selected;
import io.coffer.access.issuer.CheckedToken;
import io.coffer.web.RequestId;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
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

  private final PresentedTokens tokens;
  private final CurrentVertxRequest request;
  private final Principals principals;
  private final OrganizationSelection selection;
  private final Memberships memberships;
  private final Sightings sightings;

  Callers(
      PresentedTokens tokens,
      CurrentVertxRequest request,
      Principals principals,
      OrganizationSelection selection,
      Memberships memberships,
      Sightings sightings) {
    this.tokens = tokens;
    this.request = request;
    this.principals = principals;
    this.selection = selection;
    this.memberships = memberships;
    this.sightings = sightings;
  }

  /**
   * Who calls, in the organization that the request selects, with all its roles: those of its token
   * and those of rows.
   *
   * @return fails as {@link #decide} does, and with {@link Denied.PrincipalDisabled}
   */
  public Uni<Caller> current() {
    return inOrganization(organizationHeader());
  }

  /**
   * As {@link #current}, in the organization that a path names, whatever the header says.
   *
   * @param organization a slug or an id
   */
  public Uni<Caller> in(String organization) {
    return inOrganization(organization);
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
        : inOrganization(organization);
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

  private Uni<Caller> inOrganization(@Nullable String named) {
    return identified(named).chain(caller -> withRows(caller, named));
  }

  /** Who calls, by its token alone. */
  private Uni<Caller> identified(@Nullable String named) {
    return tokens
        .current()
        .chain(
            presented ->
                principal(presented)
                    .chain(
                        principal ->
                            selection
                                .select(presented.claims(), principal, named)
                                .call(selected -> note(presented, principal, selected))
                                .map(selected -> caller(presented, principal, selected))));
  }

  /** People become known where their token sends them, not where they may go besides. */
  private Uni<Void> note(Presented presented, UUID principal, Selected selected) {
    Organization organization = selected.organization();
    return presented.claims().organizations().contains(organization.slug())
        ? sightings.note(organization.id(), principal)
        : Uni.createFrom().voidItem();
  }

  private Uni<Caller> withRows(Caller caller, @Nullable String named) {
    boolean guessed = caller.standing().basis() == Standing.Basis.ONLY_MEMBERSHIP;
    return memberships
        .of(caller.principal(), guessed ? null : caller.organization())
        .chain(
            rows -> {
              if (!rows.organizationThere()) {
                selection.forget(caller);
                return inOrganization(named);
              }
              if (guessed && rows.memberships().size() != 1) {
                selection.forget(caller.principal());
                throw new Denied.OrganizationRequired(rows.slugs());
              }
              Optional<Membership> membership = rows.in(caller.organization());
              if (guessed && membership.isEmpty()) {
                selection.forget(caller.principal());
                return inOrganization(named);
              }
              return Uni.createFrom().item(caller.with(rows.systemAdmin(), membership));
            });
  }

  /** Who calls if anybody does, without an organization being selected. */
  public Uni<Optional<Visitor>> visitor() {
    return tokens.ifAny().map(found -> found.map(Presented::visitor));
  }

  /**
   * Who calls, in all its organizations; none needs to be selected.
   *
   * @return fails with {@link Denied.Unauthenticated} or {@link Denied.PrincipalDisabled}, or with
   *     {@link io.coffer.access.issuer.IdentityFailure} if the token is not accepted
   */
  public Uni<Bearer> bearer() {
    return tokens
        .current()
        .chain(
            presented ->
                principal(presented)
                    .chain(
                        principal ->
                            memberships
                                .of(principal, null)
                                .map(rows -> bearer(presented, principal, rows))));
  }

  /**
   * Who calls, if it is over all organizations; none needs to be selected.
   *
   * @return fails with {@link Denied.Unauthenticated}, {@link Denied.MissingRole} or {@link
   *     Denied.PrincipalDisabled}
   */
  public Uni<Actor> systemAdmin() {
    return bearer().invoke(Bearer::requireSystemAdmin).map(Bearer::actor);
  }

  private Bearer bearer(Presented presented, UUID principal, Memberships.Rows rows) {
    SortedMap<String, Set<Role>> byRow = new TreeMap<>();
    rows.memberships().forEach(membership -> byRow.put(membership.slug(), membership.roles()));
    return new Bearer(
        principal,
        presented.actor(),
        origin(),
        presented.claims().systemAdmin() || rows.systemAdmin(),
        presented.roles(),
        byRow);
  }

  /** The token of the request at hand; fails as {@link #identified} does without one. */
  Uni<CheckedToken> token() {
    return tokens.current().map(Presented::token);
  }

  private Uni<UUID> principal(Presented presented) {
    return principals.idOf(presented, origin());
  }

  private @Nullable String organizationHeader() {
    RoutingContext current = request.getCurrent();
    return current == null ? null : current.request().getHeader(ORGANIZATION_HEADER);
  }

  private Caller caller(Presented presented, UUID principal, Selected selected) {
    Organization organization = selected.organization();
    Claims claims = presented.claims();
    return new Caller(
        principal,
        organization.id(),
        organization.slug(),
        claims.rolesIn(organization.slug()),
        new Standing(selected.basis(), claims.teams(), claims.organizations()),
        presented.actor(),
        origin());
  }

  /** Where the request at hand came from. */
  public AccessEvent.Origin origin() {
    RoutingContext current = request.getCurrent();
    SocketAddress address = current == null ? null : current.request().remoteAddress();
    return new AccessEvent.Origin(
        RequestId.current(), address == null ? null : address.hostAddress(), null);
  }
}
