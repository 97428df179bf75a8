package io.coffer.access.organization;

import com.fasterxml.jackson.databind.JsonNode;
import io.coffer.access.Callers;
import io.coffer.access.Role;
import io.coffer.web.JsonBody;
import io.coffer.web.list.InvalidQuery;
import io.coffer.web.list.ListView;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Who belongs to an organization, and with which roles. The path selects the organization. */
@Path("/api/v1/organizations/{organization}/members")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Organizations")
public class MemberResource {

  private static final String FORCE = "true: even if no admin is left";
  private static final int MAX_NAME = 16;

  private final Callers callers;
  private final MemberReading reading;
  private final MemberChange changes;

  MemberResource(Callers callers, MemberReading reading, MemberChange changes) {
    this.callers = callers;
    this.reading = reading;
    this.changes = changes;
  }

  /** The roles that a member is to have. */
  @Schema(name = "MemberRoles")
  record Roles(
      @Schema(
              required = true,
              description = "admin, use, read, creator, auditor, type_admin; none: a plain member")
          List<String> roles) {}

  @GET
  @Operation(
      summary = "List the members",
      description =
          "Those who belong to it by a row; who belongs to it by a token alone leaves none."
              + " Filters as for credentials, by id, user_name, display_name, kind, issuer,"
              + " subject, disabled, created_at and updated_at. Any member may.")
  public Uni<ListView<MemberView>> list(
      @RestPath String organization,
      @Context UriInfo uri,
      @Parameter(description = "Text to be found in the names") @RestQuery @Nullable String search,
      @RestQuery("order_by") @Nullable String orderBy,
      @RestQuery("page_size") @Nullable String pageSize,
      @RestQuery @Nullable String cursor,
      @Parameter(description = "true: count them all") @RestQuery @Nullable String total,
      @Parameter(description = "Only who has this role") @RestQuery @Nullable String role) {
    var query = MemberReading.GRAMMAR.parse(uri.getQueryParameters());
    return callers.in(organization).chain(caller -> reading.list(caller, query, role));
  }

  @GET
  @Path("/{principal}")
  @Operation(summary = "Read a member")
  public Uni<MemberView> read(@RestPath String organization, @RestPath UUID principal) {
    return callers.in(organization).chain(caller -> reading.read(caller, principal));
  }

  @PUT
  @Path("/{principal}")
  @Operation(
      summary = "Make a member, or give it other roles",
      description =
          "Needs admin or system_admin. A system_admin gives itself neither admin, use nor creator."
              + " Acts on the next request.")
  @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Roles.class)))
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = MemberView.class)))
  @APIResponse(
      responseCode = "201",
      description = "It was no member before",
      content = @Content(schema = @Schema(implementation = MemberView.class)))
  public Uni<Response> set(
      @RestPath String organization,
      @RestPath UUID principal,
      @Nullable JsonNode body,
      @Parameter(description = FORCE) @RestQuery @Nullable String force) {
    boolean forced = forced(force);
    return callers
        .in(organization)
        .invoke(caller -> caller.requireAny(Role.ADMIN, Role.SYSTEM_ADMIN))
        .chain(
            caller ->
                changes
                    .set(caller, principal, roles(body), forced)
                    .chain(
                        made -> reading.read(caller, principal).map(view -> answer(made, view))));
  }

  @DELETE
  @Path("/{principal}")
  @Operation(
      summary = "Remove a member",
      description =
          "From the organization and from its teams; what was granted to it by name stays. Needs"
              + " admin or system_admin; anybody may leave.")
  @APIResponse(responseCode = "204", description = "Removed")
  public Uni<Response> remove(
      @RestPath String organization,
      @RestPath UUID principal,
      @Parameter(description = FORCE) @RestQuery @Nullable String force) {
    boolean forced = forced(force);
    return callers
        .in(organization)
        .chain(caller -> changes.remove(caller, principal, forced))
        .map(_ -> Response.noContent().build());
  }

  private static Set<Role> roles(@Nullable JsonNode node) {
    JsonBody body = new JsonBody(node);
    Set<String> names = body.texts("roles", Role.values().length, MAX_NAME);
    if (!body.has("roles") || body.isNull("roles")) {
      body.error("roles", "required", "It must be given, if only as an empty array.");
    }
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (String name : names == null ? Set.<String>of() : names) {
      Optional<Role> role = Role.ofWireName(name).filter(it -> it != Role.SYSTEM_ADMIN);
      role.ifPresentOrElse(roles::add, () -> body.error("roles", "choice", Role.IN_ORGANIZATIONS));
    }
    body.finish();
    return roles;
  }

  private static Response answer(boolean made, MemberView view) {
    return Response.status(made ? Response.Status.CREATED : Response.Status.OK)
        .entity(view)
        .build();
  }

  private static boolean forced(@Nullable String force) {
    if (force == null || force.equals("false")) {
      return false;
    }
    if (force.equals("true")) {
      return true;
    }
    throw new InvalidQuery("force", "It must be true or false.");
  }
}
