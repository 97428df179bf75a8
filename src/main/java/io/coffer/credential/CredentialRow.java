package io.coffer.credential;

import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads a row as {@link #COLUMNS} select it. By position: looking up some thirty names a row is a
 * good part of what a list costs.
 */
final class CredentialRow {

  /** All columns but the sealed value, which comes next. */
  static final String COLUMNS =
      """
      c.id, c.number, c.organization, c.owner, c.created_by, c.type, c.type_version, c.category,
      c.name, c.name_key, c.description, c.plain, c.secret_ids, c.labels, c.masked_content,
      c.is_default, c.version, c.revision, c.data_key, c.is_valid, c.verdict, c.verdict_reason,
      c.usable, c.warnings, c.value_expires_at, c.checked_at, c.next_check_at, c.has_schema, c.schema_updated_at, c.expires_at,
      c.last_used_at, c.created_at, c.updated_at, c.deleted_at, c.purged_at""";

  private final Row row;
  private int position;

  private CredentialRow(Row row) {
    this.row = row;
  }

  /** The entity, not attached to any session. */
  static CredentialEntity read(Row row) {
    CredentialRow cells = new CredentialRow(row);
    CredentialEntity entity = new CredentialEntity();
    cells.readIdentity(entity);
    cells.readContent(entity);
    cells.readValidity(entity);
    cells.readTimes(entity);
    Buffer sealed = row.get(Buffer.class, cells.position);
    entity.sealed = sealed == null ? null : sealed.getBytes();
    return entity;
  }

  private void readIdentity(CredentialEntity entity) {
    entity.id = uuid();
    entity.number = row.getLong(position++);
    entity.organization = uuid();
    entity.owner = row.getUUID(position++);
    entity.createdBy = uuid();
    entity.type = uuid();
    entity.typeVersion = row.getInteger(position++);
    entity.category = text();
    entity.name = text();
    entity.nameKey = row.getString(position++);
    entity.description = text();
  }

  private void readContent(CredentialEntity entity) {
    entity.plain = JsonColumn.plain(row.getValue(position++));
    entity.secretIds = row.getArrayOfStrings(position++);
    entity.labels = JsonColumn.labels(row.getValue(position++));
    entity.maskedContent = text();
    entity.isDefault = row.getBoolean(position++);
    entity.version = row.getInteger(position++);
    entity.revision = row.getLong(position++);
    entity.dataKey = row.getUUID(position++);
  }

  private void readValidity(CredentialEntity entity) {
    entity.isValid = row.getBoolean(position++);
    entity.verdict = text();
    entity.verdictReason = row.getString(position++);
    entity.usable = row.getBoolean(position++);
    entity.warnings = row.getArrayOfStrings(position++);
    entity.valueExpiresAt = time();
    entity.checkedAt = time();
    entity.nextCheckAt = time();
    entity.hasSchema = row.getBoolean(position++);
    entity.schemaUpdatedAt = time();
  }

  private void readTimes(CredentialEntity entity) {
    entity.expiresAt = time();
    entity.lastUsedAt = time();
    entity.createdAt = row.getOffsetDateTime(position++).toInstant();
    entity.updatedAt = row.getOffsetDateTime(position++).toInstant();
    entity.deletedAt = time();
    entity.purgedAt = time();
  }

  private UUID uuid() {
    return row.getUUID(position++);
  }

  private String text() {
    return row.getString(position++);
  }

  private @Nullable Instant time() {
    OffsetDateTime time = row.getOffsetDateTime(position++);
    return time == null ? null : time.toInstant();
  }
}
