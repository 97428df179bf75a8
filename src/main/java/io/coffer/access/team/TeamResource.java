package io.coffer.access.team;

import com.fasterxml.jackson.databind.JsonNode;
import io.coffer.access.Caller;
import io.coffer.access.Callers;
import io.coffer.access.Role;
import io.coffer.web.EntityTag;
import io.coffer.web.list.ListView;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Teams of the selected organization: find, make, change, delete. */
@Path("/api/v1/teams")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Teams")
public class TeamResource {

  private final Callers callers;
  private final TeamReading reading;
  private final TeamChange changes;

  TeamResource(Callers callers, TeamReading reading, TeamChange changes) {
    this.callers = callers;
    this.reading = reading;
    this.changes = changes;
  }

  /** What a request says about a team. */
  @Schema(name = "TeamText")
  record Text(
      String name,
      String description,
      @Schema(
              nullable = true,
              description = "Whose token has it in its teams claim is in the team; null: nobody")
          String claimValue) {}

  @GET
  @Operation(
      summary = "List teams",
      description =
          "Filters as for credentials, by id, name, description, claim_value, revision, created_at"
              + " and updated_at. Any member may.")
  public Uni<ListView<TeamView>> list(
      @Context UriInfo uri,
      @Parameter(description = "Text to be found in name or description") @RestQuery
          @Nullable String search,
      @RestQuery("order_by") @Nullable String orderBy,
      @RestQuery("page_size") @Nullable String pageSize,
      @RestQuery @Nullable String cursor,
      @Parameter(description = "true: count them all") @RestQuery @Nullable String total,
      @Parameter(description = "Only teams that this person or workload is in by a row") @RestQuery
          List<UUID> member) {
    var query = TeamReading.GRAMMAR.parse(uri.getQueryParameters());
    return callers.current().chain(caller -> reading.list(caller, query, member));
  }

  @POST
  @Operation(summary = "Make a team", description = "Needs the role admin.")
  @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Text.class)))
  @APIResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = TeamView.class)))
  public Uni<Response> create(@Nullable JsonNode body) {
    return callers
        .current()
        .invoke(caller -> caller.requireAny(Role.ADMIN, Role.SYSTEM_ADMIN))
        .chain(
            caller ->
                changes
                    .create(caller, TeamBodies.create(body))
                    .chain(id -> reading.read(caller, id)))
        .map(made -> answer(Response.created(URI.create("/api/v1/teams/" + made.id())), made));
  }

  @GET
  @Path("/{id}")
  @Operation(summary = "Read a team")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = TeamView.class)))
  public Uni<Response> read(@RestPath UUID id) {
    return callers
        .current()
        .chain(caller -> reading.read(caller, id))
        .map(found -> answer(Response.ok(), found));
  }

  @PATCH
  @Path("/{id}")
  @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
  @Operation(
      summary = "Change a team",
      description =
          "A merge patch (RFC 7396): what is left out stays, null clears. Needs the role admin.")
  @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Text.class)))
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = TeamView.class)))
  public Uni<Response> change(
      @RestPath UUID id,
      @Nullable JsonNode body,
      @Parameter(description = "The ETag that was read") @RestHeader(HttpHeaders.IF_MATCH)
          @Nullable String ifMatch) {
    return administered(id)
        .chain(
            caller ->
                changes
                    .change(caller, id, TeamBodies.patch(body), EntityTag.expected(ifMatch))
                    .chain(() -> reading.read(caller, id)))
        .map(changed -> answer(Response.ok(), changed));
  }

  @DELETE
  @Path("/{id}")
  @Operation(
      summary = "Delete a team",
      description = "What was granted to it is gone with it. Needs the role admin.")
  @APIResponse(responseCode = "204", description = "Deleted")
  public Uni<Response> delete(
      @RestPath UUID id, @RestHeader(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
    return administered(id)
        .chain(caller -> changes.delete(caller, id, EntityTag.expected(ifMatch)))
        .map(_ -> Response.noContent().build());
  }

  /** The caller, if it sees the team and may change it. */
  private Uni<Caller> administered(UUID team) {
    return callers
        .current()
        .call(caller -> reading.read(caller, team))
        .invoke(caller -> caller.requireAny(Role.ADMIN, Role.SYSTEM_ADMIN));
  }

  private static Response answer(Response.ResponseBuilder response, TeamView view) {
    return response.header(HttpHeaders.ETAG, EntityTag.of(view.revision())).entity(view).build();
  }
}
