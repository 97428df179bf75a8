package io.coffer.kms;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which key-encryption key wraps which data keys. Fails as {@link DataKeyStore} does. */
@ApplicationScoped
class KekStore {

  private final KeySql sql;

  KekStore(Pool pool) {
    sql = new KeySql(pool);
  }

  /** How many keys, not counting destroyed ones, each key-encryption key wraps. */
  Uni<List<KekUse>> countByKek() {
    return sql.run(
            "select kek_provider, kek_key_id, count(*) from data_key where state <> 'destroyed'"
                + " group by kek_provider, kek_key_id order by kek_provider, kek_key_id",
            Tuple.tuple())
        .map(
            rows ->
                KeySql.all(
                    rows,
                    row ->
                        new KekUse(
                            new KeyRef(row.getString(0), row.getString(1)), row.getLong(2))));
  }

  Uni<Long> count(KeyRef kek) {
    return sql.run(
            "select count(*) from data_key where kek_provider = $1 and kek_key_id = $2"
                + " and state <> 'destroyed'",
            Tuple.of(kek.provider(), kek.keyId()))
        .map(rows -> rows.iterator().next().getLong(0));
  }

  Uni<List<UUID>> idsUnder(KeyRef kek, @Nullable UUID after, Set<UUID> except, int limit) {
    return sql.run(
            "select id from data_key where kek_provider = $1 and kek_key_id = $2"
                + " and state <> 'destroyed' and ($3::uuid is null or id > $3)"
                + " and not (id = any ($4::uuid[])) order by id limit $5",
            Tuple.from(
                Arrays.asList(
                    kek.provider(), kek.keyId(), after, except.toArray(UUID[]::new), limit)))
        .map(rows -> KeySql.all(rows, row -> row.getUUID(0)));
  }

  /** Stores the same key wrapped anew, unless somebody else did meanwhile. */
  Uni<Void> replaceWrapped(UUID id, WrappedKey old, WrappedKey fresh) {
    return sql.run(
            "update data_key set wrapped = $2, kek_provider = $3, kek_key_id = $4,"
                + " kek_configured = $4, rewrapped_at = now() where id = $1 and wrapped = $5"
                + " and state <> 'destroyed'",
            Tuple.from(
                Arrays.asList(
                    id,
                    Buffer.buffer(fresh.blob()),
                    fresh.key().provider(),
                    fresh.key().keyId(),
                    Buffer.buffer(old.blob()))))
        .replaceWithVoid();
  }
}
