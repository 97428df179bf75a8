package io.coffer.probe;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A verdict as clients see it. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@Schema(name = "Validation")
record ValidationView(
    @Schema(description = "In the history; null if it is not kept") @Nullable UUID id,
    @Nullable UUID credential,
    @Schema(description = "The version of the value that was looked at") @Nullable Integer version,
    @Schema(description = "valid, invalid, unknown or not_probed") String verdict,
    String reason,
    @Schema(description = "Whether work with it would succeed; null: not shown")
        @Nullable Boolean usable,
    @Schema(description = "The provider's own code") @Nullable String code,
    List<String> warnings,
    @Schema(description = "What is wrong with the protected connection") @Nullable String tls,
    @Schema(description = "Seconds until the provider wants to be asked again")
        @Nullable Long retryAfter,
    @Nullable Instant expiresAt,
    @Schema(description = "What the provider told of the value") Map<String, String> metadata,
    @Schema(description = "Why it was looked at: request, save, draft, report, schedule, batch")
        String cause,
    @Schema(description = "The kind of probe; null: no call was made") @Nullable String probe,
    @Nullable Integer probeVersion,
    @Schema(description = "Milliseconds") long took,
    Instant checkedAt,
    @Schema(description = "The credential's after this check, where it was just made")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable Boolean isValid,
    @Schema(description = "When it is looked at again, where it was just looked at")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable Instant nextCheckAt) {

  /** A verdict that was just found. */
  static ValidationView of(
      @Nullable UUID credential,
      @Nullable Integer version,
      Trigger trigger,
      Checked checked,
      Standing standing) {
    Verdict verdict = checked.verdict();
    Duration retryAfter = verdict.retryAfter();
    TlsFault tls = verdict.tls();
    boolean looked = !checked.probe().isEmpty();
    return new ValidationView(
        standing.id(),
        credential,
        version,
        verdict.finding().wireName(),
        verdict.reason().wireName(),
        verdict.usable(),
        verdict.code(),
        verdict.warnings().stream().map(Warning::wireName).sorted().toList(),
        tls == null ? null : tls.wireName(),
        retryAfter == null ? null : retryAfter.toSeconds(),
        verdict.expiresAt(),
        new TreeMap<>(verdict.metadata()),
        trigger.wireName(),
        looked ? checked.probe() : null,
        looked ? checked.probeVersion() : null,
        checked.took().toMillis(),
        checked.at(),
        standing.isValid(),
        standing.nextCheckAt());
  }

  /** A verdict out of the history. */
  static ValidationView of(Row row) {
    Map<String, String> metadata = new TreeMap<>();
    if (row.getValue("metadata") instanceof JsonObject object) {
      object.forEach(entry -> metadata.put(entry.getKey(), String.valueOf(entry.getValue())));
    }
    Integer retryAfter = row.getInteger("retry_after");
    return new ValidationView(
        row.getUUID("id"),
        row.getUUID("credential"),
        row.getInteger("version"),
        row.getString("verdict"),
        row.getString("reason"),
        row.getBoolean("usable"),
        row.getString("code"),
        List.of(row.getArrayOfStrings("warnings")),
        row.getString("tls"),
        retryAfter == null ? null : retryAfter.longValue(),
        VerdictStore.instant(row.getOffsetDateTime("expires_at")),
        metadata,
        row.getString("cause"),
        row.getString("probe"),
        row.getInteger("probe_version"),
        row.getInteger("took_ms"),
        row.getOffsetDateTime("checked_at").toInstant(),
        null,
        null);
  }
}
