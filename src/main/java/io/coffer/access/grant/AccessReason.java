package io.coffer.access.grant;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One reason for which somebody has access, or would have it.
 *
 * @param source where it stands
 * @param role the role held there
 * @param gives the rights that come of it
 * @param counts whether they come of it now
 * @param needs what must be so for it to count; null: it counts
 * @param team the team that it comes by; null: by none
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "AccessReason")
public record AccessReason(
    @Schema(description = "token, membership, system_admin, owner, maker, grant or team_grant")
        String source,
    String role,
    List<String> gives,
    boolean counts,
    @Schema(description = "enabled, membership or creator: what it lacks to count")
        @Nullable String needs,
    @Nullable ByTeam team) {

  /** The team by which a grant reaches somebody. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  @Schema(name = "AccessReasonTeam")
  public record ByTeam(
      UUID id, String name, @Schema(description = "row or token") String memberBy) {}
}
