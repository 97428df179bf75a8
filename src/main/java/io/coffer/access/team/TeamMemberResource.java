package io.coffer.access.team;

import io.coffer.access.Callers;
import io.coffer.web.list.ListView;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Who is in a team by a row. */
@Path("/api/v1/teams/{team}/members")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Teams")
public class TeamMemberResource {

  private final Callers callers;
  private final TeamMembers members;

  TeamMemberResource(Callers callers, TeamMembers members) {
    this.callers = callers;
    this.members = members;
  }

  @GET
  @Operation(
      summary = "List who is in a team",
      description =
          "By a row; who is in it by its token leaves none. Filters as for credentials, by id,"
              + " user_name, display_name, kind, disabled and created_at. Any member of the"
              + " organization may.")
  public Uni<ListView<TeamMemberView>> list(
      @RestPath UUID team,
      @Context UriInfo uri,
      @Parameter(description = "Text to be found in the names") @RestQuery @Nullable String search,
      @RestQuery("order_by") @Nullable String orderBy,
      @RestQuery("page_size") @Nullable String pageSize,
      @RestQuery @Nullable String cursor,
      @Parameter(description = "true: count them all") @RestQuery @Nullable String total) {
    var query = TeamMembers.GRAMMAR.parse(uri.getQueryParameters());
    return callers.current().chain(caller -> members.list(caller, team, query));
  }

  @PUT
  @Path("/{principal}")
  @Operation(
      summary = "Put somebody into a team",
      description =
          "Anybody known by id, member of the organization or not. Needs the role admin. Acts on"
              + " the next request.")
  @APIResponse(
      responseCode = "200",
      description = "It was in the team already",
      content = @Content(schema = @Schema(implementation = TeamMemberView.class)))
  @APIResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = TeamMemberView.class)))
  public Uni<Response> add(@RestPath UUID team, @RestPath UUID principal) {
    return callers
        .current()
        .chain(caller -> members.add(caller, team, principal))
        .chain(made -> members.read(team, principal).map(view -> answer(made, view)));
  }

  @DELETE
  @Path("/{principal}")
  @Operation(
      summary = "Take somebody out of a team",
      description = "Needs the role admin; anybody may leave. Acts on the next request.")
  @APIResponse(responseCode = "204", description = "Removed")
  public Uni<Response> remove(@RestPath UUID team, @RestPath UUID principal) {
    return callers
        .current()
        .chain(caller -> members.remove(caller, team, principal))
        .map(_ -> Response.noContent().build());
  }

  private static Response answer(boolean made, TeamMemberView view) {
    return Response.status(made ? Response.Status.CREATED : Response.Status.OK)
        .entity(view)
        .build();
  }
}
