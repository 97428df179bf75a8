package io.coffer.access.people;

import com.fasterxml.jackson.databind.JsonNode;
import io.coffer.access.Bearer;
import io.coffer.access.Caller;
import io.coffer.access.Callers;
import io.coffer.access.Denied;
import io.coffer.access.Role;
import io.coffer.web.list.InvalidQuery;
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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
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

/** People and workloads: find, announce, disable. */
@Path("/api/v1/principals")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "People")
public class PrincipalResource {

  private final Callers callers;
  private final People people;
  private final Newcomers newcomers;
  private final NewcomerBodies bodies;
  private final PrincipalChange changes;
  private final NewcomerRemoval removal;

  PrincipalResource(
      Callers callers,
      People people,
      Newcomers newcomers,
      NewcomerBodies bodies,
      PrincipalChange changes,
      NewcomerRemoval removal) {
    this.callers = callers;
    this.people = people;
    this.newcomers = newcomers;
    this.bodies = bodies;
    this.changes = changes;
    this.removal = removal;
  }

  /** What can be announced: {@code issuer} and {@code subject}, or a placeholder. */
  @Schema(name = "PrincipalCreate")
  record Create(
      @Schema(description = "An issuer that is configured, as it is recorded") String issuer,
      String subject,
      @Schema(description = "person or workload") String kind,
      String userName,
      @Schema(description = "What the configured claim of the newcomer's token must be, exactly")
          String bindValue) {}

  /** What can be changed. */
  @Schema(name = "PrincipalPatch")
  record Patch(Boolean disabled, Boolean systemAdmin) {}

  @GET
  @Operation(
      summary = "List people and workloads",
      description =
          "Those who belong to the organization by a row, who came with a token that names it, or"
              + " who are in one of its teams; to its admins also those to whom something of it was"
              + " granted. Filters as for credentials, by id, user_name, display_name, kind,"
              + " issuer, subject, placeholder, disabled and created_at.")
  public Uni<ListView<PrincipalView>> list(
      @Context UriInfo uri,
      @Parameter(description = "Text to be found in the names") @RestQuery @Nullable String search,
      @RestQuery("order_by") @Nullable String orderBy,
      @RestQuery("page_size") @Nullable String pageSize,
      @RestQuery @Nullable String cursor,
      @Parameter(description = "true: count them all") @RestQuery @Nullable String total,
      @Parameter(description = "true: of all organizations; needs system_admin") @RestQuery
          @Nullable String all) {
    var query = People.GRAMMAR.parse(uri.getQueryParameters());
    return everywhere(all)
        ? callers.bearer().invoke(Bearer::requireSystemAdmin).chain(() -> people.listAll(query))
        : callers.current().chain(caller -> people.list(caller, query));
  }

  @GET
  @Path("/{id}")
  @Operation(summary = "Read a person or workload")
  public Uni<PrincipalView> read(@RestPath UUID id) {
    return callers.current().chain(caller -> seen(caller, id));
  }

  @POST
  @Operation(
      summary = "Announce a person or workload",
      description =
          "Makes a member without roles, so that roles and grants can be given before the first"
              + " call. By issuer and subject, or a placeholder: it becomes the first newcomer"
              + " whose token has the bind_value in the configured claim. Who is known already only"
              + " becomes a member. Needs the role admin.")
  @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Create.class)))
  @APIResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = PrincipalView.class)))
  @APIResponse(
      responseCode = "200",
      description = "It was a member already",
      content = @Content(schema = @Schema(implementation = PrincipalView.class)))
  public Uni<Response> create(@Nullable JsonNode body) {
    return callers
        .current()
        .invoke(caller -> caller.requireAny(Role.ADMIN, Role.SYSTEM_ADMIN))
        .chain(
            caller ->
                newcomers
                    .announce(caller, bodies.read(body))
                    .chain(made -> seen(caller, made.id()).map(view -> answer(made.made(), view))));
  }

  @PATCH
  @Path("/{id}")
  @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
  @Operation(
      summary = "Disable or enable, or put over all organizations",
      description = "Needs system_admin. Acts on the next request.")
  @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Patch.class)))
  public Uni<PrincipalView> change(@RestPath UUID id, @Nullable JsonNode body) {
    return callers
        .bearer()
        .chain(
            bearer ->
                bearer.systemAdmin()
                    ? changes
                        .change(bearer, id, PrincipalChange.Patch.read(body))
                        .chain(() -> people.find(id))
                        .map(found -> found.orElseThrow(Denied.NotVisible::new))
                    : callers.current().chain(caller -> refused(caller, id)));
  }

  @DELETE
  @Path("/{id}")
  @Operation(
      summary = "Delete somebody who has not come yet",
      description =
          "A placeholder that nobody became, or who was announced by name and never came: with its"
              + " memberships and grants. Needs the role admin, and system_admin if another"
              + " organization waits for it too, or if it is disabled. Whoever has come can be"
              + " disabled, not deleted: the record names it.")
  @APIResponse(responseCode = "204", description = "Deleted")
  public Uni<Response> delete(@RestPath UUID id) {
    return callers
        .current()
        .chain(caller -> seen(caller, id).chain(() -> removal.delete(caller, id)))
        .map(_ -> Response.noContent().build());
  }

  /** Who may not know of it learns nothing; who may is told what is missing. */
  private Uni<PrincipalView> refused(Caller caller, UUID id) {
    return seen(caller, id)
        .onItem()
        .failWith(() -> new Denied.MissingRole(Set.of(Role.SYSTEM_ADMIN.wireName())));
  }

  private Uni<PrincipalView> seen(Caller caller, UUID id) {
    return people.find(caller, id).map(found -> found.orElseThrow(Denied.NotVisible::new));
  }

  private static Response answer(boolean made, PrincipalView view) {
    Response.ResponseBuilder response =
        made ? Response.created(URI.create("/api/v1/principals/" + view.id())) : Response.ok();
    return response.entity(view).build();
  }

  private static boolean everywhere(@Nullable String all) {
    if (all == null || all.equals("false")) {
      return false;
    }
    if (all.equals("true")) {
      return true;
    }
    throw new InvalidQuery("all", "It must be true or false.");
  }
}
