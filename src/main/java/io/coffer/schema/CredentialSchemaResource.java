package io.coffer.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.coffer.access.Callers;
import io.coffer.schema.SchemaViews.DiffView;
import io.coffer.schema.SchemaViews.PageView;
import io.coffer.schema.SchemaViews.SnapshotView;
import io.coffer.schema.SchemaViews.TableView;
import io.coffer.web.JsonBody;
import io.coffer.web.list.ListView;
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
import java.net.URI;
import java.time.Duration;
import java.util.List;
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

/** What the database of a credential holds. */
@Path("/api/v1/credentials/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Schemas")
public class CredentialSchemaResource {

  private static final String MARKDOWN = "text/markdown";

  private final Callers callers;
  private final SchemaService schemas;
  private final SchemaConfig config;

  CredentialSchemaResource(Callers callers, SchemaService schemas, SchemaConfig config) {
    this.callers = callers;
    this.schemas = schemas;
    this.config = config;
  }

  /** The body as OpenAPI shows it; it is read member by member. */
  @Schema(name = "SchemaSelection")
  record Body(
      @Schema(
              description =
                  "Patterns schema or schema.table, with * for any characters; left out: all")
          List<String> include,
      @Schema(description = "Patterns of what is left out") List<String> exclude) {}

  /**
   * Where to look for a schema that is not there yet.
   *
   * @param schema its path
   */
  @Schema(name = "DiscoveryUnderWay")
  record UnderWay(UUID credential, String schema) {}

  @POST
  @Path("/discover-schema")
  @Consumes(MediaType.WILDCARD)
  @Operation(
      summary = "Discover what a database holds",
      description =
          "Logs in and reads its catalogue, never data. What takes longer than wait is answered"
              + " with 202 and goes on.")
  @RequestBody(
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = Body.class)))
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = SnapshotView.class)))
  @APIResponse(
      responseCode = "202",
      description = "The discovery goes on",
      content = @Content(schema = @Schema(implementation = UnderWay.class)))
  public Uni<Response> discover(
      @RestPath UUID id,
      @Parameter(description = "A span from 1ms to 25s, 20s if left out") @RestQuery
          @Nullable String wait,
      @Nullable JsonNode node) {
    Duration atMost = SchemaQuery.wait(wait, config.answerAfter());
    Selection wanted = selection(node);
    return callers
        .current()
        .flatMap(caller -> schemas.discover(caller, id, wanted, atMost))
        .map(
            found ->
                found
                    .map(snapshot -> Response.ok(SnapshotView.of(snapshot)).build())
                    .orElseGet(() -> later(id)));
  }

  @GET
  @Path("/schema")
  @Produces({MediaType.APPLICATION_JSON, MARKDOWN})
  @Operation(
      summary = "Read what was discovered",
      description =
          "Pages of tables in the order of their names; as text/markdown in a short form for"
              + " language models.")
  @APIResponse(
      responseCode = "200",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = PageView.class)),
        @Content(mediaType = MARKDOWN, schema = @Schema(implementation = String.class))
      })
  public Uni<Response> schema(
      @RestPath UUID id,
      @Parameter(description = "The id of a snapshot; left out: the newest") @RestQuery
          @Nullable String snapshot,
      @Parameter(description = "A part of the name of a table or one of its columns") @RestQuery
          @Nullable String search,
      @Parameter(description = "1 to 200, 50 if left out") @RestQuery("page_size")
          @Nullable String pageSize,
      @Parameter(description = "next_cursor of the page before") @RestQuery @Nullable String cursor,
      @Context HttpHeaders headers) {
    SchemaQuery.Place place = SchemaQuery.place(cursor);
    UUID wanted = place == null ? SchemaQuery.id("snapshot", snapshot) : place.id();
    int from = place == null ? 0 : place.position();
    int size = SchemaQuery.pageSize(pageSize);
    String text = SchemaQuery.search(search);
    return callers
        .current()
        .flatMap(caller -> schemas.tables(caller, id, wanted, from, size, text))
        .map(tables -> isMarkdown(headers) ? markdown(tables) : json(tables));
  }

  @GET
  @Path("/schema/snapshots")
  @Operation(summary = "List what discoveries have found, the newest first")
  public Uni<ListView<SnapshotView>> snapshots(@RestPath UUID id) {
    return callers
        .current()
        .flatMap(caller -> schemas.snapshots(caller, id))
        .map(all -> new ListView<>(all.stream().map(SnapshotView::of).toList(), null, null));
  }

  @GET
  @Path("/schema/diff")
  @Operation(
      summary = "Tell how one snapshot differs from another",
      description = "Left out: the newest, and the one before it.")
  public Uni<DiffView> diff(
      @RestPath UUID id,
      @Parameter(description = "The id of the earlier snapshot") @RestQuery @Nullable String from,
      @Parameter(description = "The id of the later snapshot") @RestQuery @Nullable String to) {
    UUID earlier = SchemaQuery.id("from", from);
    UUID later = SchemaQuery.id("to", to);
    return callers.current().flatMap(caller -> schemas.diff(caller, id, earlier, later));
  }

  private static boolean isMarkdown(HttpHeaders headers) {
    return headers.getAcceptableMediaTypes().stream()
        .filter(type -> !type.isWildcardType() && !type.isWildcardSubtype())
        .findFirst()
        .filter(type -> "text".equals(type.getType()) && "markdown".equals(type.getSubtype()))
        .isPresent();
  }

  private static Response markdown(SchemaService.Tables tables) {
    return Response.ok(Markdown.of(tables.tables(), tables.next() != null))
        .type(MARKDOWN + ";charset=UTF-8")
        .build();
  }

  private static Response json(SchemaService.Tables tables) {
    Integer next = tables.next();
    return Response.ok(
            new PageView(
                SnapshotView.of(tables.snapshot()),
                tables.tables().stream().map(TableView::of).toList(),
                next == null ? null : SchemaQuery.cursor(tables.snapshot().id(), next)))
        .type(MediaType.APPLICATION_JSON_TYPE)
        .build();
  }

  private static Selection selection(@Nullable JsonNode node) {
    if (node == null || node.isMissingNode()) {
      return Selection.ALL;
    }
    JsonBody body = new JsonBody(node);
    Set<String> include = body.texts("include", Selection.MOST_PATTERNS, Selection.LONGEST_PATTERN);
    Set<String> exclude = body.texts("exclude", Selection.MOST_PATTERNS, Selection.LONGEST_PATTERN);
    body.finish();
    return new Selection(
        include == null ? List.of() : List.copyOf(include),
        exclude == null ? List.of() : List.copyOf(exclude));
  }

  private static Response later(UUID id) {
    String place = "/api/v1/credentials/" + id + "/schema";
    return Response.accepted(new UnderWay(id, place)).location(URI.create(place)).build();
  }
}
