package io.coffer.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.coffer.access.Callers;
import io.coffer.probe.Validations.Draft;
import io.coffer.web.JsonBody;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The test button of a form: fields that are not stored, or not yet. */
@Path("/api/v1/validations/draft")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Validation")
public class DraftResource {

  private static final int MAX_NAME = 128;
  // The type decides how long a value may be; this keeps a body of one field readable.
  private static final int MAX_VALUE = 1 << 20;

  private final Callers callers;
  private final Validations validations;

  DraftResource(Callers callers, Validations validations) {
    this.callers = callers;
    this.validations = validations;
  }

  /** The body as OpenAPI shows it; it is read member by member. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  @Schema(name = "ValidationDraft")
  record Body(
      @Schema(description = "Slug, alias or id; left out: that of the credential")
          @Nullable String type,
      @Schema(description = "The fields by id, as the type defines them")
          Map<String, Object> fields,
      @Schema(description = "Instead of fields: the whole as one string, which the type reads")
          @Nullable String value,
      @Schema(
              description =
                  "A stored credential: secret fields that are blank, masked or left out mean its"
                      + " own; needs admin and use on it")
          @Nullable UUID credential) {}

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Check fields that are not stored",
      description = "Nothing of it is kept, neither the fields nor the verdict.")
  @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Body.class)))
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = ValidationView.class)))
  public Uni<Response> draft(@Nullable JsonNode node) {
    return callers
        .current()
        .flatMap(caller -> validations.draft(caller, read(node)))
        .map(view -> Response.ok(view).header(HttpHeaders.CACHE_CONTROL, "no-store").build());
  }

  private static Draft read(@Nullable JsonNode node) {
    JsonBody body = new JsonBody(node);
    String credential = body.text("credential", MAX_NAME);
    UUID id = null;
    if (credential != null) {
      try {
        id = UUID.fromString(credential);
      } catch (IllegalArgumentException e) {
        body.error("credential", "uuid", "It must be a UUID.");
      }
    }
    String type =
        credential == null ? body.requiredText("type", MAX_NAME) : body.text("type", MAX_NAME);
    Draft draft = new Draft(type, body.object("fields"), body.text("value", MAX_VALUE), id);
    body.finish();
    return draft;
  }
}
