package io.coffer.credential.use;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Hands out values of credentials that the body names. */
@Path("/api/v1/use")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Use")
public class UseResource {

  private final UseHandler handler;

  UseResource(UseHandler handler) {
    this.handler = handler;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Get values of credentials named by id, type and name, or type alone",
      description =
          "Name one credential, or up to 100 in credentials: each of those is answered in its place,"
              + " by its value or by the problem with it. By type and name the caller's personal"
              + " credentials come first, then the organization's.")
  @RequestBody(
      required = true,
      content = @Content(schema = @Schema(implementation = UseSchemas.UseMany.class)))
  @APIResponse(
      responseCode = "200",
      content =
          @Content(schema = @Schema(oneOf = {UseSchemas.Value.class, UseSchemas.Results.class})))
  public Uni<Response> useSelected(@Nullable JsonNode body) {
    return handler.answer(() -> UseRequest.of(body));
  }
}
