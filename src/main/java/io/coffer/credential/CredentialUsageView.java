package io.coffer.credential;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.coffer.activity.ActivityUsage.DayOfUse;
import io.coffer.activity.ActivityView;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How a credential is used, as clients see it. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@Schema(name = "CredentialUsage")
record CredentialUsageView(
    UUID id,
    @Schema(description = "null: never, as far as the record goes") @Nullable Instant lastUsedAt,
    ActivityView.@Nullable Actor lastUsedBy,
    @Schema(description = "How often per day (UTC) and principal, the latest day first")
        List<Day> days,
    @Schema(description = "What refers to it") List<Dependent> dependents,
    @Schema(description = "Why a deletion would be refused, in answers to dry_run alone")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable String refusal) {

  /** The uses of one principal on one day. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  @Schema(name = "CredentialUsageDay")
  record Day(LocalDate day, ActivityView.Actor principal, long uses, Instant lastUsedAt) {

    static Day of(DayOfUse day) {
      return new Day(day.day(), day.actor(), day.uses(), day.last());
    }
  }

  /** The same, with why a deletion would be refused. */
  CredentialUsageView refused(@Nullable String why) {
    return new CredentialUsageView(id, lastUsedAt, lastUsedBy, days, dependents, why);
  }
}
