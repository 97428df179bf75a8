package io.coffer.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Tells callers who they are here. */
@Path("/api/v1/me")
@Tag(name = "Identity")
public class MeResource {

  private final Callers callers;
  private final CsrfTokens csrf;
  private final MyTeams teams;

  /**
   * The caller as it is seen here.
   *
   * @param id the id of its row
   * @param issuer who vouches for it
   * @param subject the issuer's name for it
   * @param kind {@code person} or {@code workload}
   * @param userName a label
   * @param organization the selected organization
   * @param organizations the slugs of all its organizations
   * @param roles the roles in the selected organization
   * @param memberships all its organizations, with the roles in each
   * @param teams the teams that it is in, by a row or by its token
   * @param csrfToken what a page sends with changing requests; only for a browser's session
   */
  public record Me(
      UUID id,
      String issuer,
      String subject,
      String kind,
      String userName,
      Selected organization,
      List<String> organizations,
      List<String> roles,
      List<Membership> memberships,
      List<MyTeams.Team> teams,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String csrfToken) {

    /** The selected organization. */
    public record Selected(UUID id, String slug) {}

    /** One organization, by its slug, and the roles held there. */
    public record Membership(String organization, List<String> roles) {}
  }

  MeResource(Callers callers, CsrfTokens csrf, MyTeams teams) {
    this.callers = callers;
    this.csrf = csrf;
    this.teams = teams;
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "Who you are here, in which organization, with which roles")
  public Uni<Me> me() {
    return callers
        .current()
        .chain(
            caller ->
                callers
                    .bearer()
                    .chain(
                        bearer ->
                            teams
                                .of(caller)
                                .chain(
                                    found ->
                                        callers
                                            .visitor()
                                            .map(Optional::orElseThrow)
                                            .map(it -> me(caller, bearer, found, it)))));
  }

  private Me me(Caller caller, Bearer bearer, List<MyTeams.Team> found, Visitor visitor) {
    Actor actor = caller.actor();
    return new Me(
        caller.principal(),
        actor.issuer(),
        actor.subject(),
        actor.kind().name().toLowerCase(Locale.ROOT),
        actor.userName(),
        new Me.Selected(caller.organization(), caller.organizationSlug()),
        List.copyOf(bearer.organizations().keySet()),
        caller.roleNames(),
        bearer.organizations().entrySet().stream()
            .map(entry -> new Me.Membership(entry.getKey(), Role.wireNames(entry.getValue())))
            .toList(),
        found,
        visitor.bySession() ? csrf.issue(actor.issuer(), actor.subject()) : null);
  }
}
