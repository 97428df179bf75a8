package io.coffer.access.team;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Who is in a team by a row.
 *
 * @param id the id of the person's or workload's row
 * @param kind {@code person} or {@code workload}
 * @param disabled whether it is refused everywhere
 * @param createdAt since when it is in the team
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@Schema(name = "TeamMember")
public record TeamMemberView(
    UUID id,
    String kind,
    String userName,
    @Nullable String displayName,
    boolean disabled,
    Instant createdAt) {

  static final String COLUMNS =
      "p.id, p.kind, p.user_name, p.display_name, p.disabled_at is not null as disabled,"
          + " tm.created_at";

  static TeamMemberView read(Row row) {
    return new TeamMemberView(
        row.getUUID("id"),
        row.getString("kind"),
        row.getString("user_name"),
        row.getString("display_name"),
        row.getBoolean("disabled"),
        row.getOffsetDateTime("created_at").toInstant());
  }
}
