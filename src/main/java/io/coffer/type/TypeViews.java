package io.coffer.type;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How credential types look in answers. */
final class TypeViews {

  private TypeViews() {}

  /** All types that a query found. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  @Schema(name = "CredentialTypeList")
  record Listing(
      List<Summary> items,
      @Schema(description = "Always null: there is one page") @Nullable String nextCursor) {}

  /** What a list tells of a type. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  @Schema(name = "CredentialTypeSummary")
  record Summary(
      UUID id,
      String slug,
      String name,
      Category category,
      String description,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String link,
      @Schema(description = "It came with the application and cannot be changed") boolean managed,
      @Schema(description = "Counts changes of the definition") int definitionVersion,
      @Schema(description = "How the one-string form of a value is read, tried in order")
          List<ValueForm> value,
      @Schema(description = "The forms in which a value is handed out") List<RenderForm> forms) {

    static Summary of(CredentialType type) {
      TypeDefinition definition = type.definition();
      return new Summary(
          type.id(),
          type.slug(),
          definition.name(),
          definition.category(),
          definition.description(),
          definition.link(),
          type.managed(),
          type.definitionVersion(),
          definition.value(),
          Renderer.forms(definition));
    }
  }

  /** All that there is to tell of a type. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  @Schema(name = "CredentialType")
  record Detail(
      @JsonUnwrapped Summary summary,
      @Schema(description = "The fields that the mask may show, the first that is set wins")
          List<String> main,
      List<FieldDefinition> fields,
      @Schema(description = "Rules of structure always hold, rules of completeness at create")
          Rules rules,
      @Schema(description = "Names of the type in other APIs") Map<String, List<String>> aliases,
      @Schema(description = "A JSON Schema (2020-12) of the fields", implementation = Object.class)
          JsonNode schema) {

    static Detail of(CredentialType type) {
      TypeDefinition definition = type.definition();
      return new Detail(
          Summary.of(type),
          definition.main(),
          definition.fields(),
          definition.rules(),
          definition.aliases(),
          FormSchema.of(definition));
    }
  }
}
