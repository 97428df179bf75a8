package io.coffer.access.organization;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.coffer.access.Bearer;
import io.coffer.access.Role;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An organization as a member sees it.
 *
 * @param slug its name in tokens and headers, which never changes
 * @param name its name for people
 * @param kek its own key-encryption key; null: the default one, or not the caller's business
 * @param roles the caller's roles in it
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@Schema(name = "Organization")
public record OrganizationView(
    UUID id,
    String slug,
    String name,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Kek kek,
    List<String> roles,
    long revision,
    Instant createdAt,
    Instant updatedAt) {

  static final String COLUMNS =
      "o.id, o.slug, o.name, o.kek_provider, o.kek_key_id, o.revision, o.created_at, o.updated_at,"
          + " m.roles";

  /** A key-encryption key and the provider that holds it. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  @Schema(name = "OrganizationKek")
  public record Kek(String provider, String keyId) {}

  static OrganizationView read(Row row, Bearer viewer) {
    Set<Role> roles = viewer.rolesIn(row.getString("slug"), rowRoles(row));
    boolean administers = roles.contains(Role.ADMIN) || roles.contains(Role.SYSTEM_ADMIN);
    String provider = row.getString("kek_provider");
    return new OrganizationView(
        row.getUUID("id"),
        row.getString("slug"),
        row.getString("name"),
        provider == null || !administers ? null : new Kek(provider, row.getString("kek_key_id")),
        Role.wireNames(roles),
        row.getLong("revision"),
        row.getOffsetDateTime("created_at").toInstant(),
        row.getOffsetDateTime("updated_at").toInstant());
  }

  private static Set<Role> rowRoles(Row row) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    String[] names = row.getArrayOfStrings("roles");
    for (String name : names == null ? new String[0] : names) {
      Role.ofWireName(name).ifPresent(roles::add);
    }
    return roles;
  }
}
