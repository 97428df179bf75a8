package io.coffer.credential;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.coffer.access.Callers;
import io.coffer.access.grant.Grant;
import io.coffer.access.grant.GrantRequest;
import io.coffer.access.grant.Grantee;
import io.coffer.access.grant.Grants;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Grants of roles on one credential. */
@Path("/api/v1/credentials/{id}/grants")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Access")
public class CredentialGrantResource {

  private static final String FORCE =
      "true: even if you take your own right away and nobody else is known to administer it";

  private final Callers callers;
  private final Grants grants;
  private final CredentialShares shares;

  CredentialGrantResource(Callers callers, Grants grants, CredentialShares shares) {
    this.callers = callers;
    this.grants = grants;
    this.shares = shares;
  }

  /** One page of grants. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  @Schema(name = "GrantList")
  record View(
      List<Grant> items,
      @Schema(description = "Where the next page starts; null on the last")
          @Nullable String nextCursor,
      @Schema(description = "How many there are in all, if total=true")
          @JsonInclude(JsonInclude.Include.NON_NULL)
          @Nullable Long total) {

    static View of(Grants.Page page) {
      return new View(page.items(), page.next(), page.total());
    }
  }

  @GET
  @Operation(
      summary = "List what is granted on a credential",
      description =
          "Needs admin. Filters as in the list of credentials; fields: grantee_kind, grantee_id,"
              + " grantee_name, role, across_organizations, granted_by, created_at, updated_at.")
  public Uni<View> list(
      @RestPath UUID id,
      @Context UriInfo uri,
      @Parameter(description = "Text to be found in the grantee's name") @RestQuery
          @Nullable String search,
      @Parameter(description = "Fields, separated by commas, with - for descending")
          @RestQuery("order_by")
          @Nullable String orderBy,
      @Parameter(description = "1 to 200, 50 if left out") @RestQuery("page_size")
          @Nullable String pageSize,
      @Parameter(description = "next_cursor of the page before") @RestQuery @Nullable String cursor,
      @Parameter(description = "true: count them all") @RestQuery @Nullable String total) {
    var query = Grants.GRAMMAR.parse(uri.getQueryParameters());
    return callers.decide(caller -> grants.list(shares, caller, id, query)).map(View::of);
  }

  @PUT
  @Path("/principals/{grantee}")
  @Operation(
      summary = "Grant a role to a person or workload",
      description =
          "Needs admin, and every right that is granted. It counts for members of the"
              + " organization; use and read granted by an admin of the organization count for"
              + " others as well.")
  @RequestBody(
      required = true,
      content = @Content(schema = @Schema(implementation = GrantRequest.Body.class)))
  public Uni<Grant> setForPrincipal(
      @RestPath UUID id,
      @RestPath UUID grantee,
      @Parameter(description = FORCE) @RestQuery @Nullable String force,
      @Nullable JsonNode body) {
    return set(id, Grantee.principal(grantee), force, body);
  }

  @PUT
  @Path("/teams/{grantee}")
  @Operation(
      summary = "Grant a role to a team",
      description =
          "Needs admin, and every right that is granted. The team must be one of the credential's"
              + " organization.")
  @RequestBody(
      required = true,
      content = @Content(schema = @Schema(implementation = GrantRequest.Body.class)))
  public Uni<Grant> setForTeam(
      @RestPath UUID id,
      @RestPath UUID grantee,
      @Parameter(description = FORCE) @RestQuery @Nullable String force,
      @Nullable JsonNode body) {
    return set(id, Grantee.team(grantee), force, body);
  }

  @DELETE
  @Path("/principals/{grantee}")
  @Operation(
      summary = "Take a grant back from a person or workload",
      description = "Needs admin. It acts on the next request.")
  public Uni<Void> revokeFromPrincipal(
      @RestPath UUID id,
      @RestPath UUID grantee,
      @Parameter(description = FORCE) @RestQuery @Nullable String force) {
    return revoke(id, Grantee.principal(grantee), force);
  }

  @DELETE
  @Path("/teams/{grantee}")
  @Operation(
      summary = "Take a grant back from a team",
      description = "Needs admin. It acts on the next request.")
  public Uni<Void> revokeFromTeam(
      @RestPath UUID id,
      @RestPath UUID grantee,
      @Parameter(description = FORCE) @RestQuery @Nullable String force) {
    return revoke(id, Grantee.team(grantee), force);
  }

  private Uni<Grant> set(
      UUID id, Grantee grantee, @Nullable String force, @Nullable JsonNode body) {
    boolean forced = CredentialResource.flag("force", force);
    return callers
        .current()
        .flatMap(caller -> grants.set(shares, caller, id, grantee, GrantRequest.of(body), forced));
  }

  private Uni<Void> revoke(UUID id, Grantee grantee, @Nullable String force) {
    boolean forced = CredentialResource.flag("force", force);
    return callers.current().flatMap(caller -> grants.revoke(shares, caller, id, grantee, forced));
  }
}
