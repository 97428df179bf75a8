package io.coffer.credential.use;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Hands out the value of the credential that the path names. */
@Path("/api/v1/credentials")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Use")
public class CredentialUseResource {

  private final UseHandler handler;

  CredentialUseResource(UseHandler handler) {
    this.handler = handler;
  }

  @POST
  @Path("/{id}/use")
  @Consumes(MediaType.WILDCARD)
  @Operation(
      summary = "Get a credential's value",
      description =
          "as is one of fields (if left out), env, file, url, jdbc, header, inject; the type says"
              + " which it has. With recipient, a public JWK, the value comes as a compact JWE.")
  @RequestBody(
      required = false,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = UseSchemas.Use.class)))
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = UseSchemas.Value.class)))
  public Uni<Response> use(@RestPath UUID id, @Nullable JsonNode body) {
    return handler.answer(() -> UseRequest.of(id, body));
  }
}
