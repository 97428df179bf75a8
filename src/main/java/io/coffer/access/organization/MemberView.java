package io.coffer.access.organization;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Who belongs to an organization by a row.
 *
 * @param id the id of the person's or workload's row
 * @param kind {@code person} or {@code workload}
 * @param issuer who vouches for it; null: a placeholder
 * @param subject the issuer's name for it; null: a placeholder
 * @param disabled whether it is refused everywhere
 * @param roles the roles that the row gives; those of its token are not known here
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@Schema(name = "Member")
public record MemberView(
    UUID id,
    String kind,
    String userName,
    @Nullable String displayName,
    @Nullable String issuer,
    @Nullable String subject,
    boolean disabled,
    List<String> roles,
    Instant createdAt,
    Instant updatedAt) {

  static final String COLUMNS =
      "p.id, p.kind, p.user_name, p.display_name, p.issuer, p.subject,"
          + " p.disabled_at is not null as disabled, m.roles, m.created_at, m.updated_at";

  static MemberView read(Row row) {
    return new MemberView(
        row.getUUID("id"),
        row.getString("kind"),
        row.getString("user_name"),
        row.getString("display_name"),
        row.getString("issuer"),
        row.getString("subject"),
        row.getBoolean("disabled"),
        List.of(row.getArrayOfStrings("roles")),
        row.getOffsetDateTime("created_at").toInstant(),
        row.getOffsetDateTime("updated_at").toInstant());
  }
}
