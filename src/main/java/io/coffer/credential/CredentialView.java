package io.coffer.credential;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.coffer.access.Rights;
import io.coffer.type.CredentialType;
import io.coffer.type.Masks;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A credential as clients see it: no secret in it, whoever asks. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@Schema(name = "Credential")
record CredentialView(
    UUID id,
    String name,
    @Schema(description = "The type's slug") String type,
    String category,
    String description,
    UUID organization,
    @Schema(description = "The person who owns it; null if the organization does")
        @Nullable UUID owner,
    @Schema(description = "Plain fields as stored; secret ones as $encrypted$")
        Map<String, Object> fields,
    String maskedContent,
    boolean isDefault,
    @Schema(description = "Whether it is kept elsewhere and cannot be changed here")
        boolean managed,
    @Schema(description = "The last definite verdict; null before the first")
        @Nullable Boolean isValid,
    Validation validation,
    boolean hasSchema,
    @Nullable Instant schemaUpdatedAt,
    @Nullable Instant expiresAt,
    @Nullable Instant lastUsedAt,
    Map<String, String> labels,
    @Schema(description = "Counts changes of the content") int version,
    @Schema(description = "Counts changes by clients; the ETag") long revision,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant deletedAt,
    @Schema(description = "What the caller may do with it: read, use, admin")
        List<String> capabilities) {

  /** What the last probe found. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  @Schema(name = "CredentialValidation")
  record Validation(
      String verdict,
      @Nullable String reason,
      @Schema(description = "Whether work with it would succeed; null: not shown")
          @Nullable Boolean usable,
      @Schema(description = "Such as near_expiry") List<String> warnings,
      @Schema(description = "When the value's time is over, as it says itself or its provider did")
          @Nullable Instant expiresAt,
      @Nullable Instant checkedAt,
      @Nullable Instant nextCheckAt) {}

  private static Validation validation(CredentialEntity row) {
    return new Validation(
        row.verdict,
        row.verdictReason,
        row.usable,
        List.of(row.warnings),
        row.valueExpiresAt,
        row.checkedAt,
        row.nextCheckAt);
  }

  static CredentialView of(CredentialEntity row, CredentialType type, Rights rights) {
    Map<String, Object> fields = new TreeMap<>(row.plain);
    row.secretFieldIds().forEach(id -> fields.put(id, Masks.ENCRYPTED));
    return new CredentialView(
        row.id,
        row.name,
        type.slug(),
        row.category,
        row.description,
        row.organization,
        row.owner,
        fields,
        row.maskedContent,
        row.isDefault,
        false,
        row.isValid,
        validation(row),
        row.hasSchema,
        row.schemaUpdatedAt,
        row.expiresAt,
        row.lastUsedAt,
        new TreeMap<>(row.labels),
        row.version,
        row.revision,
        row.createdAt,
        row.updatedAt,
        row.deletedAt,
        rights.wireNames());
  }
}
