package io.coffer.job;

import io.coffer.credential.Probeables;
import io.coffer.kms.KeyFailure;
import io.coffer.kms.KmsFailure;
import io.coffer.probe.BatchChecks;
import io.coffer.probe.BatchChecks.Outcome;
import io.coffer.probe.ProbeFailure;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Checks the credentials of a batch. What came of one is kept at once, so that a crash costs what
 * was under way alone, and that is checked again. After each step another organization's batch has
 * its turn.
 */
final class BatchWork implements JobWork {

  /** How long a step begins new checks; those under way end by their own deadline. */
  private static final Duration STEP = Duration.ofSeconds(10);

  private static final int MOST_OF_STEP = 1000;

  private final BatchStore store;
  private final Probeables credentials;
  private final BatchChecks checks;
  private final Clock clock;

  BatchWork(BatchStore store, Probeables credentials, BatchChecks checks, Clock clock) {
    this.store = store;
    this.credentials = credentials;
    this.checks = checks;
    this.clock = clock;
  }

  @Override
  public String kind() {
    return BatchStore.KIND;
  }

  @Override
  public boolean takesTurns() {
    return true;
  }

  @Override
  public Uni<JobStep> step(Job job, Set<UUID> failed) {
    return store
        .toDo(job.id(), MOST_OF_STEP)
        .flatMap(
            rows ->
                rows.isEmpty()
                    ? Uni.createFrom().item(new JobStep.Finished())
                    : new Step(job).all(rows));
  }

  /** One step. */
  private final class Step {
    private final Job job;
    private final BatchOrder order;
    private final Instant end = clock.instant().plus(STEP);
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicReference<@Nullable String> trouble = new AtomicReference<>();

    Step(Job job) {
      this.job = job;
      this.order = BatchOrder.of(job.parameters());
    }

    Uni<JobStep> all(List<Row> rows) {
      return Uni.join()
          .all(rows.stream().map(this::one).toList())
          .usingConcurrencyOf(checks.atOnce())
          .andCollectFailures()
          .map(_ -> result());
    }

    private Uni<Void> one(Row row) {
      return Uni.createFrom()
          .deferred(
              () ->
                  trouble.get() != null || clock.instant().isAfter(end)
                      ? Uni.createFrom().voidItem()
                      : checked(row));
    }

    private Uni<Void> checked(Row row) {
      UUID credential = Objects.requireNonNull(row.getUUID("credential"));
      Uni<Outcome> outcome =
          row.getUUID("id") == null
              ? Uni.createFrom().item(checks::gone)
              : credentials.read(row).flatMap(it -> checks.check(it, order.actor(), job.id()));
      return outcome
          .onFailure(failure -> !passes(failure))
          .recoverWithItem(checks::broken)
          .flatMap(it -> store.keep(job.id(), credential, it))
          .invoke(this::kept)
          .onFailure()
          .recoverWithItem(
              failure -> {
                trouble.compareAndSet(null, label(failure));
                return false;
              })
          .replaceWithVoid();
    }

    private void kept(boolean stillRunning) {
      if (stillRunning) {
        done.incrementAndGet();
      } else {
        trouble.compareAndSet(null, "cancelled");
      }
    }

    private JobStep result() {
      JobStep.Progress progress = new JobStep.Progress(null, done.get(), Map.of(), Duration.ZERO);
      String reason = trouble.get();
      return reason == null ? progress : new JobStep.Pause(progress, reason);
    }
  }

  /** What may be otherwise in a while, and is not the fault of one credential. */
  private static boolean passes(Throwable failure) {
    return switch (failure) {
      case ProbeFailure probe -> probe.retryable();
      case KmsFailure kms -> kms.retryable();
      case KeyFailure key -> key.retryable();
      default -> true;
    };
  }

  private static String label(Throwable failure) {
    return switch (failure) {
      case ProbeFailure.Busy _ -> "busy";
      case KmsFailure kms -> kms.label();
      case KeyFailure _ -> "database";
      case JobFailure _ -> "database";
      default -> "record";
    };
  }
}
