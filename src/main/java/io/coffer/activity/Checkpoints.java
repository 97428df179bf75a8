package io.coffer.activity;

import io.coffer.activity.Checkpoint.Head;
import io.coffer.kms.KeyPurpose;
import io.coffer.kms.RowTags;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Makes checkpoints: whichever replica has the lease, for the chains of all. */
final class Checkpoints {

  private static final Logger LOG = Logger.getLogger(Checkpoints.class);
  private static final Logger OUTSIDE = Logger.getLogger("coffer.checkpoint");

  /** What is committed after a checkpoint cannot be older than this at that time. */
  private static final long SLACK_MICROS = 3_600_000_000L;

  private final CheckpointStore store;
  private final RowTags tags;
  private final Lease lease;
  private final ActivityMetrics metrics;
  private final Clock clock;
  private final boolean log;
  private final Map<UUID, Long> bound = new ConcurrentHashMap<>();
  private volatile long boundUpTo;

  /**
   * @param log whether each one is written to the log as well
   */
  Checkpoints(
      CheckpointStore store,
      RowTags tags,
      Lease lease,
      ActivityMetrics metrics,
      Clock clock,
      boolean log) {
    this.store = store;
    this.tags = tags;
    this.lease = lease;
    this.metrics = metrics;
    this.clock = clock;
    this.log = log;
  }

  /** Makes one if this replica may and there is something to bind; false if it did not. */
  Uni<Boolean> make() {
    return store
        .last()
        .call(this::learn)
        .flatMap(
            last ->
                lease
                    .take()
                    .flatMap(mine -> mine ? makeAfter(last) : Uni.createFrom().item(false)));
  }

  /** Whether a head is bound, as far as this replica has seen. */
  boolean binds(UUID writer, long sequence) {
    return sequence == 0 || bound.getOrDefault(writer, 0L) >= sequence;
  }

  private Uni<Void> learn(Optional<Checkpoint> last) {
    if (last.isEmpty() || last.get().number() == boundUpTo) {
      return Uni.createFrom().voidItem();
    }
    return store
        .bound(boundUpTo, EventContent.micros(since(last).atStartOfDay(ZoneOffset.UTC).toInstant()))
        .invoke(
            seen -> {
              seen.forEach((writer, sequence) -> bound.merge(writer, sequence, Math::max));
              boundUpTo = last.get().number();
            })
        .replaceWithVoid();
  }

  private Uni<Boolean> makeAfter(Optional<Checkpoint> last) {
    return store
        .heads(since(last))
        .map(heads -> heads.stream().filter(it -> !binds(it.writer(), it.sequence())).toList())
        .flatMap(
            heads -> heads.isEmpty() ? Uni.createFrom().item(false) : store(next(last, heads)));
  }

  /** The first month that events can be of which no checkpoint binds. */
  private static LocalDate since(Optional<Checkpoint> last) {
    return last.map(it -> StoredEvent.monthOf(it.time() - SLACK_MICROS))
        .orElse(LocalDate.of(2000, 1, 1));
  }

  private Checkpoint next(Optional<Checkpoint> last, List<Head> heads) {
    byte @Nullable [] previous = last.map(Checkpoint::tag).orElse(null);
    return new Checkpoint(
        last.map(it -> it.number() + 1).orElse(1L),
        EventContent.micros(clock.instant()),
        heads,
        previous,
        new byte[0]);
  }

  private Uni<Boolean> store(Checkpoint untagged) {
    return tags.tag(KeyPurpose.CHECKPOINTS, Checkpoint.DOMAIN, untagged.canonical())
        .map(untagged::with)
        .flatMap(made -> store.insert(made, lease).invoke(kept -> told(made, kept)));
  }

  private void told(Checkpoint made, boolean kept) {
    if (!kept) {
      LOG.warnf("checkpoint %d is left to another replica", (Object) made.number());
      return;
    }
    metrics.checkpointMade();
    made.heads().forEach(head -> bound.merge(head.writer(), head.sequence(), Math::max));
    boundUpTo = made.number();
    if (log) {
      OUTSIDE.info(made.line());
    }
  }
}
