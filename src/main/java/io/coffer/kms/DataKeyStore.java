package io.coffer.kms;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** The table of data keys. Every failure is a {@link KeyFailure.StoreUnavailable}. */
@ApplicationScoped
class DataKeyStore {

  private static final String COLUMNS =
      "id, organization, purpose, kek_provider, kek_key_id, wrapped, expires_at";

  private static final int CLEARED_AT_ONCE = 1000;

  private final KeySql sql;

  DataKeyStore(Pool pool) {
    sql = new KeySql(pool);
  }

  /** The key, unless it does not exist or is destroyed. */
  Uni<Optional<StoredKey>> find(UUID id) {
    return one(
        "select " + COLUMNS + " from data_key where id = $1 and state <> 'destroyed'",
        Tuple.of(id));
  }

  /** Stores a key that was just made. */
  Uni<Void> insert(StoredKey key, KeyRef configured, long reserved, Instant now) {
    return sql.run(
            "insert into data_key (id, organization, purpose, kek_provider, kek_key_id,"
                + " kek_configured, wrapped, values_reserved, created_at, expires_at)"
                + " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            Tuple.from(
                Arrays.asList(
                    key.id(),
                    key.organization(),
                    key.purpose().label(),
                    key.wrapped().key().provider(),
                    key.wrapped().key().keyId(),
                    configured.keyId(),
                    Buffer.buffer(key.wrapped().blob()),
                    reserved,
                    KeySql.time(now),
                    KeySql.time(key.expiresAt()))))
        .replaceWithVoid();
  }

  /**
   * A key of the organization that an earlier process left with room for a block of values and
   * enough time, wrapped under the same configured key; empty if there is none. Nothing is reserved
   * on it: who cannot open it must not use up its count.
   */
  Uni<Optional<UUID>> leftBehind(
      UUID organization, KeyRef configured, long block, long limit, Instant atLeastUntil) {
    return sql.run(
            "select id from data_key where organization = $1 and purpose = 'values'"
                + " and state = 'active' and kek_provider = $2 and kek_configured = $3"
                + " and values_reserved + $4 <= $5 and (expires_at is null or expires_at > $6)"
                + " order by expires_at nulls last, id limit 1",
            Tuple.from(
                Arrays.asList(
                    organization,
                    configured.provider(),
                    configured.keyId(),
                    block,
                    limit,
                    KeySql.time(atLeastUntil))))
        .map(rows -> KeySql.first(rows, row -> row.getUUID(0)));
  }

  /**
   * Reserves a block of values on such a key and begins its time if it was not in use yet; until
   * when it seals, or empty if others took its room meanwhile.
   */
  Uni<Optional<Instant>> takeOver(UUID id, long block, long limit, Instant until, Instant now) {
    return sql.run(
            "update data_key set values_reserved = values_reserved + $2,"
                + " expires_at = coalesce(expires_at, $4) where id = $1 and state = 'active'"
                + " and values_reserved + $2 <= $3 and (expires_at is null or expires_at > $5)"
                + " returning expires_at",
            Tuple.from(Arrays.asList(id, block, limit, KeySql.time(until), KeySql.time(now))))
        .map(rows -> KeySql.first(rows, row -> row.getOffsetDateTime(0).toInstant()));
  }

  /** Marks a key made ahead as used by its one value; false if it was cleared away. */
  Uni<Boolean> useOnce(UUID id) {
    return sql.run(
            "update data_key set values_reserved = 1 where id = $1 and state = 'active'"
                + " and values_reserved = 0",
            Tuple.of(id))
        .map(rows -> rows.rowCount() == 1);
  }

  /**
   * Deletes some of an organization's keys that were made ahead for one value each, before that
   * time, and sealed none.
   */
  Uni<Void> clearUnused(UUID organization, Instant madeBefore) {
    return sql.run(
            "delete from data_key where values_reserved = 0 and id in (select id from data_key"
                + " where organization = $1 and purpose = 'values' and values_reserved = 0"
                + " and expires_at is not null and created_at < $2 limit "
                + CLEARED_AT_ONCE
                + ")",
            Tuple.of(organization, KeySql.time(madeBefore)))
        .replaceWithVoid();
  }

  /** The newest key of a purpose that serves every tenant, wrapped under the configured key. */
  Uni<Optional<StoredKey>> findShared(KeyPurpose purpose, KeyRef configured) {
    return one(
        "select "
            + COLUMNS
            + " from data_key where organization is null and purpose = $1"
            + " and state = 'active' and kek_provider = $2 and kek_configured = $3"
            + " order by created_at desc, id limit 1",
        Tuple.of(purpose.label(), configured.provider(), configured.keyId()));
  }

  /** Reserves one block more; false if the key may not seal that many, or not any more. */
  Uni<Boolean> reserve(UUID id, long block, long limit) {
    return sql.run(
            "update data_key set values_reserved = values_reserved + $2 where id = $1"
                + " and state = 'active' and values_reserved + $2 <= $3",
            Tuple.of(id, block, limit))
        .map(rows -> rows.rowCount() == 1);
  }

  /** Notes that a key made ahead is in use now. */
  Uni<Void> inUse(UUID id, Instant expiresAt) {
    return sql.run(
            "update data_key set expires_at = $2 where id = $1 and expires_at is null",
            Tuple.of(id, KeySql.time(expiresAt)))
        .replaceWithVoid();
  }

  /** Destroys a key that sealed one value only; false if there is no such key. */
  Uni<Boolean> destroySingleUse(UUID id) {
    return sql.run(
            "update data_key set state = 'destroyed', wrapped = null where id = $1"
                + " and values_reserved = 1 and state <> 'destroyed'",
            Tuple.of(id))
        .map(rows -> rows.rowCount() == 1);
  }

  /** The key-encryption key of an organization's own, if its row names one. */
  Uni<Optional<KeyRef>> keyOfOrganization(UUID organization) {
    return sql.run(
            "select kek_provider, kek_key_id from organization"
                + " where id = $1 and kek_provider is not null",
            Tuple.of(organization))
        .map(rows -> KeySql.first(rows, row -> new KeyRef(row.getString(0), row.getString(1))));
  }

  private Uni<Optional<StoredKey>> one(String statement, Tuple parameters) {
    return sql.run(statement, parameters).map(rows -> KeySql.first(rows, DataKeyStore::read));
  }

  private static StoredKey read(Row row) {
    OffsetDateTime expiresAt = row.getOffsetDateTime("expires_at");
    return new StoredKey(
        row.getUUID("id"),
        row.getUUID("organization"),
        KeyPurpose.valueOf(row.getString("purpose").toUpperCase(Locale.ROOT)),
        new WrappedKey(
            new KeyRef(row.getString("kek_provider"), row.getString("kek_key_id")),
            row.getBuffer("wrapped").getBytes()),
        expiresAt == null ? null : expiresAt.toInstant());
  }
}
