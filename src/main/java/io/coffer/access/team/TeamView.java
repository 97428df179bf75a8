package io.coffer.access.team;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A team: grants to it are grants to everybody in it.
 *
 * @param claimValue whose token has this value in its teams claim is in it; null: rows alone say
 *     who is
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@Schema(name = "Team")
public record TeamView(
    UUID id,
    UUID organization,
    String name,
    String description,
    @Nullable String claimValue,
    long revision,
    Instant createdAt,
    Instant updatedAt) {

  static final String COLUMNS =
      "t.id, t.organization, t.name, t.description, t.claim_value, t.revision, t.created_at,"
          + " t.updated_at";

  static TeamView read(Row row) {
    return new TeamView(
        row.getUUID("id"),
        row.getUUID("organization"),
        row.getString("name"),
        row.getString("description"),
        row.getString("claim_value"),
        row.getLong("revision"),
        row.getOffsetDateTime("created_at").toInstant(),
        row.getOffsetDateTime("updated_at").toInstant());
  }
}
