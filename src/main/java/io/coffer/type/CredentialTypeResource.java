package io.coffer.type;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.coffer.access.Callers;
import io.coffer.access.Denied;
import io.coffer.web.Problem;
import io.coffer.web.ProblemType;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Credential types: what can be stored, and what a form for it looks like. */
@Path("/api/v1/credential-types")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Credential types")
public class CredentialTypeResource {

  private final Callers callers;
  private final CredentialTypes types;
  private final ObjectMapper json;

  CredentialTypeResource(Callers callers, CredentialTypes types, ObjectMapper json) {
    this.callers = callers;
    this.types = types;
    this.json = json;
  }

  @GET
  @Operation(summary = "List credential types", description = "All of them, sorted by slug.")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = TypeViews.Listing.class)))
  @APIResponse(responseCode = "304", description = "Nothing changed since If-None-Match")
  public Uni<Response> list(
      @Parameter(description = "Only types of this category") @RestQuery @Nullable String category,
      @Parameter(description = "Text to be found in slug, name, description or aliases") @RestQuery
          @Nullable String search,
      @Context Request request) {
    if (category != null && !isCategory(category)) {
      return Uni.createFrom().item(unknownCategory());
    }
    return callers
        .current()
        .map(
            _ -> {
              List<TypeViews.Summary> found =
                  types.managed().stream()
                      .filter(type -> category == null || isOf(type, category))
                      .filter(type -> search == null || mentions(type, search))
                      .map(TypeViews.Summary::of)
                      .toList();
              return cacheable(new TypeViews.Listing(found, null), request);
            });
  }

  @GET
  @Path("/{slug}")
  @Operation(
      summary = "Read a credential type",
      description = "By slug, by a name that another API has for it, or by id.")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = TypeViews.Detail.class)))
  @APIResponse(responseCode = "304", description = "Nothing changed since If-None-Match")
  @APIResponse(responseCode = "404", description = "There is no such type")
  public Uni<Response> read(@RestPath String slug, @Context Request request) {
    return callers
        .current()
        .flatMap(_ -> types.find(slug))
        .map(
            found ->
                cacheable(TypeViews.Detail.of(found.orElseThrow(Denied.NotVisible::new)), request));
  }

  private Response cacheable(Object view, Request request) {
    byte[] body = bytes(view);
    EntityTag tag = new EntityTag(Texts.digest(body));
    Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
    return (unchanged == null ? Response.ok(body) : unchanged)
        .tag(tag)
        // Who may ask is checked each time; what is answered need not be sent each time.
        .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
        .build();
  }

  private byte[] bytes(Object view) {
    try {
      return json.writeValueAsBytes(view);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a type can always be written", e);
    }
  }

  private static Response unknownCategory() {
    List<String> known = Arrays.stream(Category.values()).map(Category::code).toList();
    String message = "must be one of " + String.join(", ", known);
    return Problem.ofFields(
            ProblemType.INVALID_QUERY,
            "There is no such category.",
            List.of(new Problem.FieldError("category", "choice", message)))
        .toResponse();
  }

  private static boolean isCategory(String code) {
    return Arrays.stream(Category.values()).anyMatch(category -> category.code().equals(code));
  }

  private static boolean isOf(CredentialType type, String category) {
    return type.definition().category().code().equals(category);
  }

  private static boolean mentions(CredentialType type, String search) {
    String wanted = search.toLowerCase(Locale.ROOT);
    TypeDefinition definition = type.definition();
    Stream<String> own = Stream.of(type.slug(), definition.name(), definition.description());
    Stream<String> others = definition.aliases().values().stream().flatMap(List::stream);
    return Stream.concat(own, others)
        .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(wanted));
  }
}
