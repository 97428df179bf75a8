package io.coffer.access.grant;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A grant as those see it who may grant. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@Schema(name = "Grant")
public record Grant(
    @Schema(description = "principal or team") String granteeKind,
    UUID granteeId,
    @Schema(description = "User name, or name of the team") String granteeName,
    @Schema(description = "Whether the grantee has not come yet") boolean placeholder,
    @Schema(description = "Whether the grantee is disabled, so that nothing is given to it")
        boolean disabled,
    @Schema(description = "admin, use or read") String role,
    @Schema(description = "Whether it counts for a grantee that comes from another organization")
        boolean acrossOrganizations,
    @Schema(description = "Why somebody gave itself a right that it lacked")
        @Nullable String reason,
    @Schema(description = "The id of the principal that granted it") UUID grantedBy,
    Instant createdAt,
    Instant updatedAt) {}
