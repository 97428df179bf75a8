package io.coffer.credential;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.Generated;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.Type;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/**
 * A row of table {@code credential}; what its columns mean stands in the migration that makes it.
 */
@Entity
@Table(name = "credential")
@DynamicUpdate
class CredentialEntity extends PanacheEntityBase {

  @Id UUID id;

  @Generated
  @Column(insertable = false, updatable = false)
  long number;

  @Column(nullable = false)
  UUID organization;

  @Nullable UUID owner;

  @Column(name = "created_by", nullable = false)
  UUID createdBy;

  @Column(nullable = false)
  UUID type;

  @Column(name = "type_version", nullable = false)
  int typeVersion;

  @Column(nullable = false, length = 32)
  String category;

  @Column(nullable = false, length = 512)
  String name;

  @Column(name = "name_key", length = 1100)
  @Nullable String nameKey;

  @Column(nullable = false, length = 4096)
  String description;

  @Type(JsonColumnType.Plain.class)
  @Column(nullable = false)
  Map<String, Object> plain;

  @JdbcTypeCode(SqlTypes.ARRAY)
  @Column(name = "secret_ids", nullable = false)
  String[] secretIds;

  @Type(JsonColumnType.Labels.class)
  @Column(nullable = false)
  Map<String, String> labels;

  @Column(name = "masked_content", nullable = false, length = 64)
  String maskedContent;

  @Column(name = "is_default", nullable = false)
  boolean isDefault;

  @Column(nullable = false)
  int version;

  @Column(nullable = false)
  long revision;

  byte @Nullable [] sealed;

  @Column(name = "data_key")
  @Nullable UUID dataKey;

  @Column(name = "is_valid")
  @Nullable Boolean isValid;

  @Column(nullable = false, length = 16)
  String verdict;

  @Column(name = "verdict_reason", length = 32)
  @Nullable String verdictReason;

  @Nullable Boolean usable;

  @JdbcTypeCode(SqlTypes.ARRAY)
  @Column(name = "warnings", nullable = false)
  String[] warnings = {};

  @Column(name = "value_expires_at")
  @Nullable Instant valueExpiresAt;

  @Column(name = "checked_at")
  @Nullable Instant checkedAt;

  @Column(name = "next_check_at")
  @Nullable Instant nextCheckAt;

  @Column(name = "has_schema", nullable = false)
  boolean hasSchema;

  @Column(name = "schema_updated_at")
  @Nullable Instant schemaUpdatedAt;

  @Column(name = "expires_at")
  @Nullable Instant expiresAt;

  @Column(name = "last_used_at")
  @Nullable Instant lastUsedAt;

  @Column(name = "created_at", nullable = false, updatable = false)
  Instant createdAt;

  @Column(name = "updated_at", nullable = false)
  Instant updatedAt;

  @Column(name = "deleted_at")
  @Nullable Instant deletedAt;

  @Column(name = "purged_at")
  @Nullable Instant purgedAt;

  /** The ids of the secret fields that hold a value. */
  List<String> secretFieldIds() {
    // A row that was edited may have holes.
    return Arrays.stream(secretIds).filter(Objects::nonNull).toList();
  }
}
