package io.coffer.kms;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs statements about data keys; every failure is a {@link KeyFailure.StoreUnavailable}. */
final class KeySql {

  private final Pool pool;

  KeySql(Pool pool) {
    this.pool = pool;
  }

  Uni<RowSet<Row>> run(String sql, Tuple parameters) {
    return pool.preparedQuery(sql)
        .execute(parameters)
        .onFailure()
        // The client's own exceptions quote parameters.
        .transform(failure -> new KeyFailure.StoreUnavailable(failure.getClass().getSimpleName()));
  }

  static <T> Optional<T> first(RowSet<Row> rows, Function<Row, T> reader) {
    var iterator = rows.iterator();
    return iterator.hasNext() ? Optional.of(reader.apply(iterator.next())) : Optional.empty();
  }

  static <T> List<T> all(RowSet<Row> rows, Function<Row, T> reader) {
    return rows.stream().map(reader).toList();
  }

  static @Nullable OffsetDateTime time(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
