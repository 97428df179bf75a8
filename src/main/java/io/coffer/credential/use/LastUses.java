package io.coffer.credential.use;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * When credentials were last used, written in batches: at most once a minute per credential, and
 * off the path of the use itself.
 */
@ApplicationScoped
public class LastUses {

  private static final Logger LOG = Logger.getLogger(LastUses.class);
  private static final Duration INTERVAL = Duration.ofMinutes(1);
  private static final Duration LAST_FLUSH_LIMIT = Duration.ofSeconds(5);

  /** Beyond this many a use is not noted before the next flush; the record of it is elsewhere. */
  private static final int MAX_PENDING = 100_000;

  private static final String WRITE =
      "update credential set last_used_at = greatest(last_used_at, used.at)"
          + " from unnest($1::uuid[], $2::timestamptz[]) as used (id, at)"
          + " where credential.id = used.id";

  private final Pool pool;
  private final Map<UUID, Instant> pending = new ConcurrentHashMap<>();

  LastUses(Pool pool) {
    this.pool = pool;
  }

  void start(@Observes StartupEvent event, Vertx vertx) {
    vertx.setPeriodic(
        INTERVAL.toMillis(),
        _ ->
            flush()
                .subscribe()
                .with(
                    _ -> {},
                    failure -> LOG.warnf("last uses not written: %s", failure.getClass())));
  }

  // Quarkus stops on a thread of its own, which may wait.
  void stop(@Observes ShutdownEvent event) {
    try {
      flush().await().atMost(LAST_FLUSH_LIMIT);
    } catch (RuntimeException e) {
      // The database of dev mode stops with the same JVM, mostly before this.
      Logger.Level level = LaunchMode.current().isDev() ? Logger.Level.DEBUG : Logger.Level.WARN;
      LOG.logf(level, "last uses not written: %s", e.getClass());
    }
  }

  void note(UUID credential, Instant at) {
    if (pending.size() < MAX_PENDING || pending.containsKey(credential)) {
      pending.merge(credential, at, (before, now) -> before.isAfter(now) ? before : now);
    }
  }

  /** The last use that this replica has not written yet. */
  public Optional<Instant> pending(UUID credential) {
    return Optional.ofNullable(pending.get(credential));
  }

  /** Writes what is pending; what cannot be written is pending again. */
  public Uni<Void> flush() {
    return Uni.createFrom()
        .deferred(
            () -> {
              Map<UUID, Instant> batch = new HashMap<>(pending);
              batch.forEach(pending::remove);
              return batch.isEmpty() ? Uni.createFrom().voidItem() : write(batch);
            });
  }

  private Uni<Void> write(Map<UUID, Instant> batch) {
    // One order for all writers, so that two replicas do not lock each other out.
    UUID[] ids = batch.keySet().stream().sorted().toArray(UUID[]::new);
    OffsetDateTime[] times = new OffsetDateTime[ids.length];
    for (int i = 0; i < ids.length; i++) {
      Instant at = batch.get(ids[i]);
      times[i] = (at == null ? Instant.EPOCH : at).atOffset(ZoneOffset.UTC);
    }
    return pool.preparedQuery(WRITE)
        .execute(Tuple.tuple().addArrayOfUUID(ids).addArrayOfOffsetDateTime(times))
        .replaceWithVoid()
        .onFailure()
        .invoke(() -> batch.forEach(this::note));
  }
}
