package io.coffer.access.people;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A person, a workload, or a placeholder for one.
 *
 * @param id its id
 * @param kind {@code person} or {@code workload}
 * @param userName a label, unique but no identity
 * @param displayName another label; null: none is known
 * @param issuer who vouches for it; null: a placeholder
 * @param subject the issuer's name for it; null: a placeholder
 * @param placeholder whether it has not come yet
 * @param disabled whether it is refused everywhere
 * @param systemAdmin whether a row puts it over all organizations; null: not the caller's business
 * @param bindValue by what a placeholder will be recognized; null: none, or not the caller's
 *     business
 * @param bindUntil until when it must come
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@Schema(name = "Principal")
public record PrincipalView(
    UUID id,
    String kind,
    String userName,
    @Nullable String displayName,
    @Nullable String issuer,
    @Nullable String subject,
    boolean placeholder,
    boolean disabled,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean systemAdmin,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String bindValue,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant bindUntil,
    Instant createdAt) {

  static final String COLUMNS =
      "p.id, p.kind, p.user_name, p.display_name, p.issuer, p.subject,"
          + " p.disabled_at is not null as disabled, p.system_admin, p.bind_value, p.bind_until,"
          + " p.first_seen_at as created_at";

  static PrincipalView read(Row row, Viewer viewer) {
    boolean placeholder = row.getString("issuer") == null;
    boolean waiting = placeholder && viewer != Viewer.MEMBER;
    return new PrincipalView(
        row.getUUID("id"),
        row.getString("kind"),
        row.getString("user_name"),
        row.getString("display_name"),
        row.getString("issuer"),
        row.getString("subject"),
        placeholder,
        row.getBoolean("disabled"),
        viewer == Viewer.SYSTEM_ADMIN ? row.getBoolean("system_admin") : null,
        waiting ? row.getString("bind_value") : null,
        waiting ? time(row.getOffsetDateTime("bind_until")) : null,
        row.getOffsetDateTime("created_at").toInstant());
  }

  private static @Nullable Instant time(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }
}
