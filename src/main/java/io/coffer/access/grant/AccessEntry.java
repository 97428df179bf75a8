package io.coffer.access.grant;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What one principal may do with a thing, why, and what it would take to do more.
 *
 * @param principal who
 * @param member whether it is known as a member of the thing's organization
 * @param capabilities the rights that its reasons give together
 * @param reasons why, those that do not count last
 * @param missing the rights that it lacks
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@Schema(name = "AccessEntry")
public record AccessEntry(
    Who principal,
    boolean member,
    List<String> capabilities,
    List<AccessReason> reasons,
    List<Missing> missing) {

  /** A person or workload; without id or name as far as nothing is known here of it. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  @Schema(name = "AccessPrincipal")
  public record Who(
      @Nullable UUID id,
      @Nullable String userName,
      @Nullable String kind,
      boolean placeholder,
      boolean disabled) {}

  /** A right that is lacking. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  @Schema(name = "AccessMissing")
  public record Missing(
      String right,
      @Schema(
              description =
                  "role:… is a role in the organization, grant:… one on the credential; membership"
                      + " and enabled make a reason count that does not")
          List<String> anyOf) {}
}
