package io.coffer.access.organization;

import com.fasterxml.jackson.databind.JsonNode;
import io.coffer.access.Bearer;
import io.coffer.access.Callers;
import io.coffer.access.OrganizationSeen;
import io.coffer.web.EntityTag;
import io.coffer.web.list.ListView;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Event;
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

/** Organizations: find, make, change, delete. None needs to be selected. */
@Path("/api/v1/organizations")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Organizations")
public class OrganizationResource {

  private final Callers callers;
  private final OrganizationReading reading;
  private final OrganizationChange changes;
  private final OrganizationRemoval removal;
  private final Event<OrganizationSeen> seen;

  OrganizationResource(
      Callers callers,
      OrganizationReading reading,
      OrganizationChange changes,
      OrganizationRemoval removal,
      Event<OrganizationSeen> seen) {
    this.callers = callers;
    this.reading = reading;
    this.changes = changes;
    this.removal = removal;
    this.seen = seen;
  }

  /** A new organization; without a name it is called by its slug. */
  @Schema(name = "OrganizationCreate")
  record Create(@Schema(required = true) String slug, String name) {}

  /** What can be changed; {@code kek} null means the default key. */
  @Schema(name = "OrganizationPatch")
  record Patch(String name, OrganizationView.Kek kek) {}

  @GET
  @Operation(
      summary = "List your organizations",
      description =
          "Those that your token names, as soon as they exist, and those that you belong to by a"
              + " row; a system_admin sees all. Filters as for credentials, by id, slug, name,"
              + " revision, created_at and updated_at.")
  public Uni<ListView<OrganizationView>> list(
      @Context UriInfo uri,
      @Parameter(description = "Text to be found in slug or name") @RestQuery
          @Nullable String search,
      @RestQuery("order_by") @Nullable String orderBy,
      @RestQuery("page_size") @Nullable String pageSize,
      @RestQuery @Nullable String cursor,
      @Parameter(description = "true: count them all") @RestQuery @Nullable String total) {
    var query = OrganizationReading.GRAMMAR.parse(uri.getQueryParameters());
    return callers.bearer().chain(bearer -> reading.list(bearer, query));
  }

  @POST
  @Operation(summary = "Make an organization", description = "Needs system_admin.")
  @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Create.class)))
  @APIResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = OrganizationView.class)))
  public Uni<Response> create(@Nullable JsonNode body) {
    return callers
        .bearer()
        .invoke(Bearer::requireSystemAdmin)
        .chain(
            bearer ->
                changes
                    .create(bearer, OrganizationBodies.create(body))
                    .invoke(id -> seen.fire(new OrganizationSeen(id)))
                    .chain(id -> reading.read(bearer, id.toString())))
        .map(
            made ->
                answer(Response.created(URI.create("/api/v1/organizations/" + made.id())), made));
  }

  @GET
  @Path("/{organization}")
  @Operation(summary = "Read an organization", description = "By its id or slug.")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = OrganizationView.class)))
  public Uni<Response> read(@RestPath String organization) {
    return callers
        .bearer()
        .chain(bearer -> reading.read(bearer, organization))
        .map(found -> answer(Response.ok(), found));
  }

  @PATCH
  @Path("/{organization}")
  @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
  @Operation(
      summary = "Change an organization",
      description =
          "A merge patch (RFC 7396). The name needs the role admin; kek, the key-encryption key"
              + " that wraps its new data keys, needs system_admin.")
  @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Patch.class)))
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = OrganizationView.class)))
  public Uni<Response> change(
      @RestPath String organization,
      @Nullable JsonNode body,
      @Parameter(description = "The ETag that was read") @RestHeader(HttpHeaders.IF_MATCH)
          @Nullable String ifMatch) {
    return callers
        .bearer()
        .chain(
            bearer ->
                reading
                    .read(bearer, organization)
                    .chain(
                        found ->
                            changes.change(
                                bearer,
                                found,
                                OrganizationBodies.patch(body),
                                EntityTag.expected(ifMatch)))
                    .chain(() -> reading.read(bearer, organization)))
        .map(changed -> answer(Response.ok(), changed));
  }

  @DELETE
  @Path("/{organization}")
  @Operation(
      summary = "Delete an organization",
      description = "Only with nothing in it; else the answer counts what is. Needs system_admin.")
  @APIResponse(responseCode = "204", description = "Deleted")
  public Uni<Response> delete(@RestPath String organization) {
    return callers
        .bearer()
        .chain(
            bearer ->
                reading.read(bearer, organization).chain(found -> removal.delete(bearer, found)))
        .map(_ -> Response.noContent().build());
  }

  private static Response answer(Response.ResponseBuilder response, OrganizationView view) {
    return response.header(HttpHeaders.ETAG, EntityTag.of(view.revision())).entity(view).build();
  }
}
