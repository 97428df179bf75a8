package io.coffer.probe;

import com.fasterxml.jackson.databind.JsonNode;
import io.coffer.access.Callers;
import io.coffer.web.JsonBody;
import io.coffer.web.list.InvalidQuery;
import io.coffer.web.list.ListQuery;
import io.coffer.web.list.ListView;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
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

/** Whether a credential works: look now, and what earlier looks have shown. */
@Path("/api/v1/credentials")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Validation")
public class CredentialValidationResource {

  /** Below the deadline of a request, which would end it without an answer. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(25);

  private final Callers callers;
  private final Validations validations;
  private final ProbesConfig config;

  CredentialValidationResource(Callers callers, Validations validations, ProbesConfig config) {
    this.callers = callers;
    this.validations = validations;
    this.config = config;
  }

  /**
   * Where to look for a verdict that is not there yet.
   *
   * @param credential whose it will be
   * @param validations the path of its history
   */
  @Schema(name = "ValidationUnderWay")
  record UnderWay(UUID credential, String validations) {}

  @POST
  @Path("/{id}/validate")
  @Consumes(MediaType.WILDCARD)
  @Operation(
      summary = "Check whether a credential works",
      description =
          "Makes the lightest call to whoever the value is for. A check of the same value within"
              + " the last half minute is not repeated. What takes longer than wait is answered"
              + " with 202 and goes on; its verdict will stand in the history.")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = ValidationView.class)))
  @APIResponse(
      responseCode = "202",
      description = "The check goes on",
      content = @Content(schema = @Schema(implementation = UnderWay.class)))
  public Uni<Response> validate(
      @RestPath UUID id,
      @Parameter(description = "A span from 1ms to 25s, 10s if left out") @RestQuery
          @Nullable String wait) {
    Duration atMost = wait(wait);
    return callers
        .current()
        .flatMap(caller -> validations.validate(caller, id, atMost))
        .map(found -> found.map(CredentialValidationResource::verdict).orElseGet(() -> later(id)));
  }

  @GET
  @Path("/{id}/validations")
  @Operation(
      summary = "List what checks of a credential have shown",
      description =
          "The newest first. Filters: id, checked_at, verdict, reason, cause, usable, version."
              + " Auditors get it by the id also after a purge.")
  public Uni<ListView<ValidationView>> validations(
      @RestPath UUID id,
      @Context UriInfo uri,
      @Parameter(description = "Text to be found in verdict or reason") @RestQuery
          @Nullable String search,
      @Parameter(description = "checked_at or -checked_at") @RestQuery("order_by")
          @Nullable String orderBy,
      @Parameter(description = "1 to 200, 50 if left out") @RestQuery("page_size")
          @Nullable String pageSize,
      @Parameter(description = "next_cursor of the page before") @RestQuery @Nullable String cursor,
      @Parameter(description = "true: count them all") @RestQuery @Nullable String total) {
    ListQuery query = VerdictStore.parse(uri.getQueryParameters());
    return callers.current().flatMap(caller -> validations.history(caller, id, query));
  }

  @Schema(name = "CredentialReport")
  record Report(
      @Schema(description = "What went wrong, in your words; it is not kept", maxLength = 4096)
          @Nullable String note) {}

  @POST
  @Path("/{id}/reports")
  @Consumes(MediaType.WILDCARD)
  @Operation(
      summary = "Say that a value failed in work",
      description =
          "It is checked again soon, in the background; the verdict will stand in the history.")
  @RequestBody(
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = Report.class)))
  @APIResponse(
      responseCode = "202",
      content = @Content(schema = @Schema(implementation = UnderWay.class)))
  public Uni<Response> report(@RestPath UUID id, @Nullable JsonNode node) {
    if (node != null && !node.isMissingNode()) {
      JsonBody body = new JsonBody(node);
      // People paste error messages, which may hold the value: read, and forgotten.
      String _ = body.text("note", 4096);
      body.finish();
    }
    return callers.current().flatMap(caller -> validations.report(caller, id)).map(_ -> later(id));
  }

  private static Response verdict(ValidationView view) {
    return Response.ok(view).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
  }

  private static Response later(UUID id) {
    String place = "/api/v1/credentials/" + id + "/validations";
    return Response.accepted(new UnderWay(id, place)).location(URI.create(place)).build();
  }

  private Duration wait(@Nullable String text) {
    return Optional.ofNullable(text)
        .map(CredentialValidationResource::span)
        .orElse(config.waitFor());
  }

  private static Duration span(String text) {
    try {
      Duration span = DurationConverter.parseDuration(text);
      if (span.compareTo(Duration.ZERO) > 0 && span.compareTo(LONGEST_WAIT) <= 0) {
        return span;
      }
    } catch (IllegalArgumentException e) {
      // Told below, together with spans out of range.
    }
    throw new InvalidQuery("wait", "It must be a span from 1ms to 25s, such as 5s.");
  }
}
