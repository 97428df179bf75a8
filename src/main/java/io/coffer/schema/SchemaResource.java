package io.coffer.schema;

import io.coffer.access.Callers;
import io.coffer.schema.SchemaViews.TableView;
import io.coffer.web.list.InvalidQuery;
import io.coffer.web.list.ListView;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** All schemas that a caller may read. */
@Path("/api/v1/schemas")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Schemas")
public class SchemaResource {

  private final Callers callers;
  private final SchemaSearch search;

  SchemaResource(Callers callers, SchemaSearch search) {
    this.callers = callers;
    this.search = search;
  }

  /** A table and whose database has it. */
  @Schema(name = "SchemaHit")
  record HitView(
      UUID credential, String credentialName, String type, UUID snapshot, TableView table) {

    static HitView of(SchemaSearch.Hit hit) {
      return new HitView(
          hit.credential(),
          hit.credentialName(),
          hit.type(),
          hit.snapshot(),
          TableView.of(hit.table()));
    }
  }

  @GET
  @Operation(
      summary = "Find tables by their names and those of their columns",
      description = "Looks in the newest snapshot of each credential that the caller may read.")
  public Uni<ListView<HitView>> find(
      @Parameter(description = "A part of a name, case aside; needed") @RestQuery("search")
          @Nullable String text,
      @Parameter(description = "1 to 200, 50 if left out") @RestQuery("page_size")
          @Nullable String pageSize,
      @Parameter(description = "next_cursor of the page before") @RestQuery
          @Nullable String cursor) {
    String wanted = SchemaQuery.search(text);
    if (wanted.isBlank()) {
      throw new InvalidQuery("search", "It must say a part of a name.");
    }
    int size = SchemaQuery.pageSize(pageSize);
    SchemaQuery.Place place = SchemaQuery.place(cursor);
    SchemaSearch.Place after =
        place == null
            ? SchemaSearch.Place.BEGIN
            : new SchemaSearch.Place(place.id(), place.position());
    return callers
        .current()
        .flatMap(caller -> search.find(caller, wanted, after, size + 1))
        .map(hits -> page(hits, size));
  }

  private static ListView<HitView> page(List<SchemaSearch.Hit> hits, int size) {
    List<SchemaSearch.Hit> shown = hits.stream().limit(size).toList();
    String next =
        hits.size() > size
            ? SchemaQuery.cursor(shown.getLast().credential(), shown.getLast().position())
            : null;
    return new ListView<>(shown.stream().map(HitView::of).toList(), next, null);
  }
}
