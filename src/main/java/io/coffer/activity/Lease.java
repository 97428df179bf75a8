package io.coffer.activity;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.UUID;

/** Work that one replica does at a time, by the database's clock. */
final class Lease {

  /** A condition that holds while the lease does; {@code $1} is its name, {@code $2} the owner. */
  static final String HELD =
      "exists (select 1 from activity_lease where name = $1 and owner = $2"
          + " and until > clock_timestamp())";

  private static final String TAKE =
      "update activity_lease set owner = $2,"
          + " until = clock_timestamp() + make_interval(secs => $3)"
          + " where name = $1 and (owner = $2 or until < clock_timestamp())";

  private final Pool pool;
  private final String name;
  private final UUID owner;
  private final double seconds;

  Lease(Pool pool, String name, UUID owner, Duration time) {
    this.pool = pool;
    this.name = name;
    this.owner = owner;
    this.seconds = time.toMillis() / 1000.0;
  }

  String name() {
    return name;
  }

  UUID owner() {
    return owner;
  }

  /** Takes the lease, or takes it for longer; false if another one has it. */
  Uni<Boolean> take() {
    return pool.preparedQuery(TAKE)
        .execute(Tuple.of(name, owner, seconds))
        .map(rows -> rows.rowCount() == 1);
  }
}
