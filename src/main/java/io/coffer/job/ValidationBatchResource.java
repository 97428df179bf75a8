package io.coffer.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.coffer.access.Callers;
import io.coffer.credential.Probeables;
import io.coffer.web.InvalidHeader;
import io.coffer.web.JsonBody;
import io.coffer.web.list.InvalidQuery;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

/** Checks of many credentials at once. */
@Path("/api/v1/validations")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Validation")
public class ValidationBatchResource {

  private static final int DEFAULT_PAGE = 50;
  private static final int MAX_PAGE = 200;
  private static final int MAX_VALUE = 8192;

  private final Callers callers;
  private final Probeables credentials;
  private final Batches batches;

  ValidationBatchResource(Callers callers, Probeables credentials, Batches batches) {
    this.callers = callers;
    this.credentials = credentials;
    this.batches = batches;
  }

  /** The body as OpenAPI shows it. */
  @Schema(name = "NewValidationBatch", example = "{\"filter\": {\"type\": \"openai\"}}")
  record Order(
      @Schema(
              description =
                  "Which credentials, as in the list of credentials: a text or a list of texts by"
                      + " the name of the filter, besides search and label. Left out: all")
          Map<String, Object> filter) {}

  @POST
  @Consumes(MediaType.WILDCARD)
  @Operation(
      summary = "Check many credentials",
      description =
          "All that the filter leaves and the caller may use, as they are now, up to 100000. Goes on"
              + " in the background, whatever happens to the caller or the server.")
  @RequestBody(
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = Order.class)))
  @APIResponse(
      responseCode = "202",
      content = @Content(schema = @Schema(implementation = BatchView.class)))
  public Uni<Response> order(@Nullable JsonNode body) {
    Map<String, List<String>> filter = filter(body);
    return callers
        .current()
        .flatMap(
            caller ->
                credentials
                    .selection(filter)
                    .flatMap(selection -> batches.order(caller, selection)))
        .map(
            batch ->
                Response.accepted(batch)
                    .location(URI.create("/api/v1/validations/" + batch.id()))
                    .build());
  }

  @GET
  @Path("/{id}")
  @Operation(summary = "How a batch of checks goes", description = "For whoever ordered it.")
  public Uni<BatchView> read(@RestPath UUID id) {
    return callers.current().flatMap(caller -> batches.find(caller, id));
  }

  @GET
  @Path("/{id}/outcomes")
  @Operation(
      summary = "What has come of each credential of a batch",
      description = "In the order in which it came.")
  public Uni<BatchView.Items> outcomes(
      @RestPath UUID id,
      @Parameter(description = "1 to 200, 50 if left out") @RestQuery("page_size")
          @Nullable String pageSize,
      @Parameter(description = "next_cursor of the page before") @RestQuery
          @Nullable String cursor) {
    int most = pageSize == null ? DEFAULT_PAGE : (int) number("page_size", pageSize, 1, MAX_PAGE);
    long after = cursor == null ? 0 : number("cursor", cursor, 0, Long.MAX_VALUE);
    return callers.current().flatMap(caller -> batches.outcomes(caller, id, after, most));
  }

  @GET
  @Path("/{id}/events")
  @AdmittedStream
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(
      summary = "Follow a batch of checks",
      description =
          "Server-sent events: outcome for each credential, progress now and then, done at the end."
              + " After a lost connection go on with Last-Event-ID.")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              mediaType = MediaType.SERVER_SENT_EVENTS,
              schema = @Schema(implementation = String.class)))
  public Multi<OutboundSseEvent> events(
      @RestPath UUID id, @RestHeader("Last-Event-ID") @Nullable String last, @Context Sse sse) {
    long after = last == null ? 0 : lastId(last);
    batches.enter();
    return callers
        .current()
        .onItem()
        .transformToMulti(
            caller ->
                batches
                    .news(caller, id, after)
                    .onItem()
                    .transformToIterable(news -> BatchEvents.of(news, sse)))
        .onTermination()
        .invoke(batches::leave);
  }

  @DELETE
  @Path("/{id}")
  @Operation(
      summary = "Cancel a batch of checks",
      description = "What has come of it by then stays. One that is over stays as it is.")
  public Uni<BatchView> cancel(@RestPath UUID id) {
    return callers.current().flatMap(caller -> batches.cancel(caller, id));
  }

  private static Map<String, List<String>> filter(@Nullable JsonNode node) {
    Map<String, List<String>> filter = new LinkedHashMap<>();
    if (node == null || node.isMissingNode()) {
      return filter;
    }
    JsonBody body = new JsonBody(node);
    Map<String, JsonNode> sent = body.object("filter");
    if (sent != null) {
      sent.forEach(
          (name, value) -> {
            List<String> values = values(value);
            if (values.isEmpty()) {
              body.error("filter", "texts", "Each filter is a text or a list of texts.");
            }
            filter.put(name, values);
          });
    }
    body.finish();
    return filter;
  }

  /** Empty if it is neither a text nor a list of some. */
  private static List<String> values(JsonNode value) {
    List<String> values = new ArrayList<>();
    for (JsonNode one : value.isArray() ? value : List.of(value)) {
      boolean good = one.isTextual() && one.textValue().length() <= MAX_VALUE;
      if (!good || !JsonBody.isStorable(one.textValue())) {
        return List.of();
      }
      values.add(one.textValue());
    }
    return values;
  }

  private static long number(String parameter, String text, long least, long most) {
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, together with numbers out of range.
    }
    throw new InvalidQuery(parameter, "It must be a number from " + least + " on that is known.");
  }

  private static long lastId(String text) {
    try {
      return Math.max(0, Long.parseLong(text.strip()));
    } catch (NumberFormatException e) {
      throw new InvalidHeader("Last-Event-ID", "It must be the id of an event of this stream.");
    }
  }
}
