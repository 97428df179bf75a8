package io.coffer.credential;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The request bodies as OpenAPI shows them; {@link CredentialBodies} reads them. */
final class CredentialSchemas {

  private CredentialSchemas() {}

  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  @Schema(
      name = "NewCredential",
      example =
          """
          {"name": "OpenAI production", "type": "openai", "fields": {"api_key": "…"}}""")
  record Create(
      @Schema(required = true, minLength = 1, maxLength = 512) String name,
      @Schema(required = true, description = "Slug, alias or id of the type") String type,
      @Nullable String category,
      @Schema(maxLength = 4096) @Nullable String description,
      @Schema(
              description =
                  "null: a personal credential; left out: one of the selected organization")
          @Nullable String organization,
      @Schema(description = "The fields by id, as the type defines them")
          Map<String, Object> fields,
      @Schema(description = "Instead of fields: the whole as one string, which the type reads")
          @Nullable String value,
      @Nullable Instant expiresAt,
      @Schema(description = "At most 100 labels") Map<String, String> labels,
      @Schema(description = "true: try the value first; one that is refused is not stored")
          boolean validate) {}

  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  @Schema(name = "CredentialPatch")
  record Patch(
      @Schema(minLength = 1, maxLength = 512) String name,
      @Schema(maxLength = 4096) @Nullable String description,
      @Schema(description = "Another type, which needs its fields") String type,
      @Schema(description = "Fields to set; null clears a field") Map<String, Object> fields,
      @Nullable String value,
      @Nullable Instant expiresAt,
      @Schema(description = "Labels to set; null drops a label") Map<String, String> labels,
      @Schema(description = "true: try a new value first; one that is refused changes nothing")
          boolean validate) {}

  @Schema(name = "CredentialName")
  record Name(@Schema(minLength = 1, maxLength = 512) String name) {}

  @Schema(name = "CredentialCopy")
  record Copy(
      @Schema(description = "The source's with a word added if left out", maxLength = 512)
          @Nullable String name,
      @Schema(
              description =
                  "Slug or id of another organization; null: a personal credential; left out: one"
                      + " of the selected organization")
          @Nullable String organization) {}

  @Schema(name = "CredentialMove")
  record Move(
      @Schema(description = "Slug or id; left out: the selected organization")
          @Nullable String organization) {}
}
