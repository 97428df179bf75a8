package io.coffer.credential.use;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
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
import java.util.ArrayList;
import java.util.List;
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

  /**
   * Few enough for a statement that is over soon, and for the server to use the room of what the
   * statements before it replaced.
   */
  private static final int AT_ONCE = 500;

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

  /** Writes what is pending, part by part; what cannot be written is pending again. */
  public Uni<Void> flush() {
    return Multi.createFrom()
        .deferred(() -> Multi.createFrom().iterable(parts()))
        .onItem()
        .transformToUniAndConcatenate(this::write)
        .collect()
        .last()
        .replaceWithVoid();
  }

  /** In one order for all writers, so that two replicas do not lock each other out. */
  private List<List<UUID>> parts() {
    List<UUID> ids = pending.keySet().stream().sorted().toList();
    List<List<UUID>> parts = new ArrayList<>();
    for (int from = 0; from < ids.size(); from += AT_ONCE) {
      parts.add(ids.subList(from, Math.min(ids.size(), from + AT_ONCE)));
    }
    return parts;
  }

  private Uni<Void> write(List<UUID> part) {
    UUID[] ids = new UUID[part.size()];
    OffsetDateTime[] times = new OffsetDateTime[ids.length];
    for (int i = 0; i < ids.length; i++) {
      Instant at = pending.remove(part.get(i));
      ids[i] = part.get(i);
      times[i] = (at == null ? Instant.EPOCH : at).atOffset(ZoneOffset.UTC);
    }
    return pool.preparedQuery(WRITE)
        .execute(Tuple.tuple().addArrayOfUUID(ids).addArrayOfOffsetDateTime(times))
        .replaceWithVoid()
        .onFailure()
        .invoke(() -> noteAgain(ids, times));
  }

  private void noteAgain(UUID[] ids, OffsetDateTime[] times) {
    for (int i = 0; i < ids.length; i++) {
      note(ids[i], times[i].toInstant());
    }
  }
}
