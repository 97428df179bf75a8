package io.coffer.credential;

import com.fasterxml.jackson.databind.JsonNode;
import io.coffer.access.Callers;
import io.coffer.web.list.InvalidQuery;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
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

/** What can be done with a credential beyond reading and changing it. */
@Path("/api/v1/credentials")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Credentials")
public class CredentialActionResource {

  private final Callers callers;
  private final CredentialReading reading;
  private final CredentialRemoval removal;
  private final CredentialCopying copying;
  private final CredentialMoving moving;
  private final CredentialDefaults defaults;

  CredentialActionResource(
      Callers callers,
      CredentialReading reading,
      CredentialRemoval removal,
      CredentialCopying copying,
      CredentialMoving moving,
      CredentialDefaults defaults) {
    this.callers = callers;
    this.reading = reading;
    this.removal = removal;
    this.copying = copying;
    this.moving = moving;
    this.defaults = defaults;
  }

  @GET
  @Path("/resolve")
  @Operation(
      summary = "Find the default of a type",
      description = "The credential that a use gets which names a type only.")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = CredentialView.class)))
  public Uni<Response> resolve(
      @Parameter(description = "Slug, alias or id of the type", required = true) @RestQuery
          @Nullable String type) {
    if (type == null || type.isBlank()) {
      throw new InvalidQuery("type", "It must name a credential type.");
    }
    return callers
        .current()
        .flatMap(caller -> reading.defaultOf(caller, type))
        .map(found -> CredentialResource.answer(Response.ok(), found).build());
  }

  @POST
  @Path("/{id}/restore")
  @Consumes(MediaType.WILDCARD)
  @Operation(
      summary = "Restore a deleted credential",
      description = "If its name was taken meanwhile, give another as name.")
  @RequestBody(
      required = false,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = CredentialSchemas.Name.class)))
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = CredentialView.class)))
  public Uni<Response> restore(@RestPath UUID id, @Nullable JsonNode body) {
    return callers
        .current()
        .flatMap(
            caller ->
                reading.withoutUnseen(
                    caller, removal.restore(caller, id, CredentialBodies.newName(body))))
        .map(restored -> CredentialResource.answer(Response.ok(), restored).build());
  }

  @POST
  @Path("/{id}/copy")
  @Consumes(MediaType.WILDCARD)
  @Operation(
      summary = "Copy a credential with its value",
      description = "Needs admin and use on the source, and the right to create in the target.")
  @RequestBody(
      required = false,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = CredentialSchemas.Copy.class)))
  @APIResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = CredentialView.class)))
  public Uni<Response> copy(@RestPath UUID id, @Nullable JsonNode body) {
    return callers
        .current()
        .flatMap(
            caller -> {
              CredentialBodies.Copy wanted = CredentialBodies.copy(body);
              return callers
                  .in(caller, wanted.organization())
                  .flatMap(
                      target ->
                          reading.withoutUnseen(target, copying.copy(caller, target, id, wanted)));
            })
        .map(
            made ->
                CredentialResource.answer(
                        Response.created(
                            URI.create("/api/v1/credentials/" + made.found().row().id)),
                        made)
                    .build());
  }

  @POST
  @Path("/{id}/move")
  @Consumes(MediaType.WILDCARD)
  @Operation(
      summary = "Move a personal credential to an organization",
      description =
          "Needs its owner, and the role creator or admin in the organization that gets it. Grants"
              + " stay unless the tenant changes.")
  @RequestBody(
      required = false,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = CredentialSchemas.Move.class)))
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = CredentialView.class)))
  public Uni<Response> move(@RestPath UUID id, @Nullable JsonNode body) {
    return callers
        .current()
        .flatMap(
            caller ->
                callers
                    .in(caller, CredentialBodies.move(body))
                    .flatMap(
                        target -> reading.withoutUnseen(target, moving.move(caller, target, id))))
        .map(moved -> CredentialResource.answer(Response.ok(), moved).build());
  }

  @POST
  @Path("/{id}/set-default")
  @Consumes(MediaType.WILDCARD)
  @Operation(
      summary = "Make a credential its type's default",
      description =
          "Needs the role admin; a creator may fill an empty place with a credential of its own.")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = CredentialView.class)))
  public Uni<Response> setDefault(@RestPath UUID id) {
    return callers
        .current()
        .flatMap(caller -> defaults.set(caller, id))
        .map(changed -> CredentialResource.answer(Response.ok(), changed).build());
  }

  @DELETE
  @Path("/{id}/set-default")
  @Operation(
      summary = "Leave the credential's type without a default",
      description =
          "Needs the role admin; a creator may withdraw a credential of its own. One that is not the"
              + " default stays as it is, and so does the default: the answer is 200 then too.")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = CredentialView.class)))
  public Uni<Response> clearDefault(@RestPath UUID id) {
    return callers
        .current()
        .flatMap(caller -> defaults.clear(caller, id))
        .map(changed -> CredentialResource.answer(Response.ok(), changed).build());
  }
}
