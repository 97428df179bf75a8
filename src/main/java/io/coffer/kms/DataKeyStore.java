package io.coffer.kms;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table of data keys. Every failure is a {@link KeyFailure.StoreUnavailable}. */
@ApplicationScoped
class DataKeyStore {

  private static final String COLUMNS =
      "id, organization, purpose, kek_provider, kek_key_id, wrapped, expires_at";

  private final Pool pool;

  DataKeyStore(Pool pool) {
    this.pool = pool;
  }

  /** The key, unless it does not exist or is destroyed. */
  Uni<Optional<StoredKey>> find(UUID id) {
    return one(
        "select " + COLUMNS + " from data_key where id = $1 and state <> 'destroyed'",
        Tuple.of(id));
  }

  /** Stores a key that was just made. */
  Uni<Void> insert(StoredKey key, KeyRef configured, long reserved, Instant now) {
    return run(
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
                    time(now),
                    time(key.expiresAt()))))
        .replaceWithVoid();
  }

  /**
   * Reserves a block of values on a key of the organization that an earlier process left with time
   * and room, wrapped under the same configured key; empty if there is none.
   */
  Uni<Optional<StoredKey>> takeOver(
      UUID organization, KeyRef configured, long block, long limit, Duration sealFor, Instant now) {
    return one(
        "update data_key set values_reserved = values_reserved + $4,"
            + " expires_at = coalesce(expires_at, $6)"
            + " where id = (select id from data_key where organization = $1 and purpose = 'values'"
            + " and state = 'active' and kek_provider = $2 and kek_configured = $3"
            + " and values_reserved + $4 <= $5 and (expires_at is null or expires_at > $7)"
            + " order by expires_at nulls last limit 1 for update skip locked)"
            + " returning "
            + COLUMNS,
        Tuple.from(
            Arrays.asList(
                organization,
                configured.provider(),
                configured.keyId(),
                block,
                limit,
                time(now.plus(sealFor)),
                // A key about to expire is not worth a call to the provider.
                time(now.plus(sealFor.dividedBy(4))))));
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
    return run(
            "update data_key set values_reserved = values_reserved + $2 where id = $1"
                + " and state = 'active' and values_reserved + $2 <= $3",
            Tuple.of(id, block, limit))
        .map(rows -> rows.rowCount() == 1);
  }

  /** Notes that a key made ahead is in use now. */
  Uni<Void> inUse(UUID id, Instant expiresAt) {
    return run(
            "update data_key set expires_at = $2 where id = $1 and expires_at is null",
            Tuple.of(id, time(expiresAt)))
        .replaceWithVoid();
  }

  /** Destroys a key that sealed one value only; false if there is no such key. */
  Uni<Boolean> destroySingleUse(UUID id) {
    return run(
            "update data_key set state = 'destroyed', wrapped = null where id = $1"
                + " and values_reserved = 1 and state <> 'destroyed'",
            Tuple.of(id))
        .map(rows -> rows.rowCount() == 1);
  }

  /** The key-encryption key of an organization's own, if its row names one. */
  Uni<Optional<KeyRef>> keyOfOrganization(UUID organization) {
    return run(
            "select kek_provider, kek_key_id from organization"
                + " where id = $1 and kek_provider is not null",
            Tuple.of(organization))
        .map(rows -> first(rows, row -> new KeyRef(row.getString(0), row.getString(1))));
  }

  private Uni<Optional<StoredKey>> one(String sql, Tuple parameters) {
    return run(sql, parameters).map(rows -> first(rows, DataKeyStore::read));
  }

  private Uni<RowSet<Row>> run(String sql, Tuple parameters) {
    return pool.preparedQuery(sql)
        .execute(parameters)
        .onFailure()
        // The client's own exceptions quote parameters.
        .transform(failure -> new KeyFailure.StoreUnavailable(failure.getClass().getSimpleName()));
  }

  private static <T> Optional<T> first(
      RowSet<Row> rows, java.util.function.Function<Row, T> reader) {
    var iterator = rows.iterator();
    return iterator.hasNext() ? Optional.of(reader.apply(iterator.next())) : Optional.empty();
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

  private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
