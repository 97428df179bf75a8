package io.coffer.credential;

import com.fasterxml.jackson.databind.JsonNode;
import io.coffer.access.Callers;
import io.coffer.access.Right;
import io.coffer.web.EntityTag;
import io.coffer.web.list.InvalidQuery;
import io.smallrye.mutiny.Uni;
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
import java.util.List;
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

/** Credentials: create, find, change, delete. */
@Path("/api/v1/credentials")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Credentials")
public class CredentialResource {

  private final Callers callers;
  private final CredentialCreation creation;
  private final CredentialReading reading;
  private final CredentialChange change;
  private final CredentialRemoval removal;
  private final TypeFilters types;

  CredentialResource(
      Callers callers,
      CredentialCreation creation,
      CredentialReading reading,
      CredentialChange change,
      CredentialRemoval removal,
      TypeFilters types) {
    this.callers = callers;
    this.creation = creation;
    this.reading = reading;
    this.change = change;
    this.removal = removal;
    this.types = types;
  }

  @POST
  @Operation(
      summary = "Make a credential",
      description =
          "For the organization this needs the role admin or creator; a personal one anybody may"
              + " make. Give the fields by id, or the whole as one string.")
  @RequestBody(
      required = true,
      content = @Content(schema = @Schema(implementation = CredentialSchemas.Create.class)))
  @APIResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = CredentialView.class)))
  public Uni<Response> create(
      @Nullable JsonNode body,
      @Parameter(description = "Makes a repeated request answer with what the first one made")
          @RestHeader("Idempotency-Key")
          @Nullable String idempotencyKey) {
    return callers
        .current()
        .flatMap(
            caller ->
                reading.withoutUnseen(
                    caller,
                    creation.create(
                        caller,
                        CredentialBodies.create(body),
                        Idempotency.key(idempotencyKey, body))))
        .map(
            made ->
                answer(Response.created(URI.create("/api/v1/credentials/" + id(made))), made)
                    .build());
  }

  @GET
  @Operation(
      summary = "List credentials",
      description =
          "Filters are [or__][not__]field[__lookup]=value with the lookups exact, iexact, contains,"
              + " icontains, startswith, istartswith, endswith, iendswith, gt, gte, lt, lte, in and"
              + " isnull; several are joined by and, those with or__ by or. A type may be named by its"
              + " slug, an alias or its id. Fields: id, name, type,"
              + " category, description, owner, created_by, is_default, is_valid, has_schema,"
              + " verdict, version, revision, created_at, updated_at, expires_at, last_used_at.")
  public Uni<CredentialListView> list(
      @Context UriInfo uri,
      @Parameter(description = "Text to be found in name or description") @RestQuery
          @Nullable String search,
      @Parameter(description = "Fields, separated by commas, with - for descending")
          @RestQuery("order_by")
          @Nullable String orderBy,
      @Parameter(description = "1 to 200, 50 if left out") @RestQuery("page_size")
          @Nullable String pageSize,
      @Parameter(description = "next_cursor of the page before") @RestQuery @Nullable String cursor,
      @Parameter(description = "true: count them all") @RestQuery @Nullable String total,
      @Parameter(description = "key or key=value") @RestQuery List<String> label,
      @Parameter(description = "true: those that can be restored") @RestQuery
          @Nullable String deleted) {
    boolean gone = flag("deleted", deleted);
    return callers
        .current()
        .flatMap(
            caller ->
                types
                    .bySlug(uri.getQueryParameters())
                    .map(CredentialFields.GRAMMAR::parse)
                    .flatMap(query -> reading.list(caller, gone, query, label)))
        .map(CredentialListView::of);
  }

  @GET
  @Path("/{id}")
  @Operation(summary = "Read a credential", description = "Secret fields stand as $encrypted$.")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = CredentialView.class)))
  @APIResponse(
      responseCode = "304",
      description =
          "It is at the revision of If-None-Match still; what does not count as a change of it, such"
              + " as its verdict and its last use, may be another")
  public Uni<Response> read(
      @RestPath UUID id,
      @Parameter(description = "The ETag that was read") @RestHeader(HttpHeaders.IF_NONE_MATCH)
          @Nullable String ifNoneMatch) {
    var known = EntityTag.known(ifNoneMatch);
    return callers
        .current()
        .flatMap(caller -> reading.live(caller, id, Right.READ))
        .map(
            found ->
                known.test(found.found().row().revision)
                    ? answer(Response.notModified(), found).entity(null).build()
                    : answer(Response.ok(), found).build());
  }

  @PATCH
  @Path("/{id}")
  @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
  @Operation(
      summary = "Change a credential",
      description =
          "A merge patch (RFC 7396): what is left out stays, null clears. Sending $encrypted$ or the"
              + " mask for a secret field keeps it.")
  @RequestBody(
      required = true,
      content = @Content(schema = @Schema(implementation = CredentialSchemas.Patch.class)))
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = CredentialView.class)))
  public Uni<Response> change(
      @RestPath UUID id,
      @Nullable JsonNode body,
      @Parameter(description = "The ETag that was read") @RestHeader(HttpHeaders.IF_MATCH)
          @Nullable String ifMatch) {
    return callers
        .current()
        .flatMap(
            caller ->
                reading.withoutUnseen(
                    caller,
                    change.change(
                        caller, id, CredentialBodies.patch(body), Preconditions.revision(ifMatch))))
        .map(changed -> answer(Response.ok(), changed).build());
  }

  @DELETE
  @Path("/{id}")
  @Operation(
      summary = "Delete a credential",
      description = "It can be restored until it is purged; its name is free at once.")
  @APIResponse(
      responseCode = "200",
      description = "The deleted credential; with dry_run its usage",
      content =
          @Content(
              schema = @Schema(oneOf = {CredentialDeletedView.class, CredentialUsageView.class})))
  @APIResponse(responseCode = "204", description = "Purged")
  public Uni<Response> delete(
      @RestPath UUID id,
      @Parameter(description = "true: erase the value for good") @RestQuery @Nullable String purge,
      @Parameter(description = "A span such as 24h: refuse if it was used within")
          @RestQuery("if_unused_for")
          @Nullable String ifUnusedFor,
      @Parameter(description = "true: tell what uses it, and change nothing") @RestQuery("dry_run")
          @Nullable String dryRun,
      @RestHeader(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
    var expected = Preconditions.revision(ifMatch);
    var unusedFor = Preconditions.span("if_unused_for", ifUnusedFor);
    boolean forGood = flag("purge", purge);
    boolean preview = flag("dry_run", dryRun);
    return callers
        .current()
        .flatMap(
            caller -> {
              if (preview) {
                return removal
                    .preview(caller, id, forGood, expected, unusedFor)
                    .map(usage -> Response.ok(usage).build());
              }
              return forGood
                  ? removal
                      .purge(caller, id, expected, unusedFor)
                      .map(_ -> Response.noContent().build())
                  : removal.delete(caller, id, expected, unusedFor).map(CredentialResource::gone);
            });
  }

  private static Response gone(CredentialRemoval.Deleted deleted) {
    Typed credential = deleted.credential();
    return answer(Response.ok(), credential)
        .entity(new CredentialDeletedView(credential.view(), deleted.dependents()))
        .build();
  }

  static Response.ResponseBuilder answer(Response.ResponseBuilder response, Typed credential) {
    return response
        .header(HttpHeaders.ETAG, Preconditions.etag(credential.found().row()))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .entity(credential.view());
  }

  private static UUID id(Typed credential) {
    return credential.found().row().id;
  }

  static boolean flag(String parameter, @Nullable String value) {
    if (value == null || value.equals("false")) {
      return false;
    }
    if (value.equals("true")) {
      return true;
    }
    throw new InvalidQuery(parameter, "It must be true or false.");
  }
}
