package io.coffer.job;

import io.coffer.kms.KeyDescription;
import io.coffer.kms.KeyRef;
import io.coffer.kms.KmsFailure;
import io.coffer.kms.Rewrapping;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;

/** Orders re-wraps and tells how they go. */
@ApplicationScoped
class KeyRewraps {

  private static final int SHOWN = 20;
  private static final int FAILURES_SHOWN = 100;

  private final Rewrapping rewrapping;
  private final JobStore store;
  private final JobRunner runner;

  KeyRewraps(Rewrapping rewrapping, JobStore store, JobRunner runner) {
    this.rewrapping = rewrapping;
    this.store = store;
    this.runner = runner;
  }

  /**
   * Orders a re-wrap, which begins at once.
   *
   * @param alongside what belongs into the order's transaction
   * @return fails with {@link JobFailure.Unfit} if the key to move to does not work, with {@link
   *     JobFailure.UnderWay} if another re-wrap is not done yet
   */
  Uni<Job> order(
      KeyRef from,
      KeyRef to,
      boolean dryRun,
      String by,
      BiFunction<SqlClient, Job, Uni<Void>> alongside) {
    return Uni.combine()
        .all()
        .unis(fullName(from), usable(to))
        .asTuple()
        .map(keys -> new RewrapOrder(keys.getItem1(), keys.getItem2(), dryRun))
        .invoke(KeyRewraps::requireDifferent)
        .flatMap(
            order ->
                rewrapping
                    .count(order.from())
                    .flatMap(total -> create(order, total, by, alongside)))
        .invoke(runner::wake);
  }

  Uni<Optional<Job>> find(UUID id) {
    return store.find(id).map(found -> found.filter(job -> job.kind().equals(RewrapWork.KIND)));
  }

  /** The newest re-wraps first. */
  Uni<List<Job>> newest() {
    return store.newest(RewrapWork.KIND, SHOWN);
  }

  /** Some of what a job could not do. */
  Uni<List<RewrapReport.Failed>> failures(Job job) {
    return job.failed() == 0
        ? Uni.createFrom().item(List.of())
        : store
            .failures(job.id(), FAILURES_SHOWN)
            .map(
                failures ->
                    failures.entrySet().stream()
                        .map(entry -> new RewrapReport.Failed(entry.getKey(), entry.getValue()))
                        .toList());
  }

  private Uni<Job> create(
      RewrapOrder order, long total, String by, BiFunction<SqlClient, Job, Uni<Void>> alongside) {
    return store
        .create(RewrapWork.KIND, order.stored(), total, by, alongside)
        .flatMap(
            created ->
                created
                    .map(Uni.createFrom()::item)
                    .orElseGet(() -> newest().map(jobs -> underWay(jobs))));
  }

  private static Job underWay(List<Job> jobs) {
    throw new JobFailure.UnderWay(
        jobs.stream()
            .filter(job -> job.state() != Job.State.DONE)
            .map(Job::id)
            .findFirst()
            // It ended in this moment: trying again will do.
            .orElseThrow(() -> new JobFailure.StoreUnavailable("another job has just ended")));
  }

  /** The old key may be gone from its provider: then it is taken by the name that was given. */
  private Uni<KeyRef> fullName(KeyRef key) {
    return rewrapping
        .describe(key)
        .map(KeyDescription::key)
        .onFailure(KmsFailure.class)
        .recoverWithItem(key);
  }

  private Uni<KeyRef> usable(KeyRef key) {
    return rewrapping
        .describe(key)
        .onFailure(failure -> failure instanceof KmsFailure kms && !kms.retryable())
        .transform(_ -> new JobFailure.Unfit("to", "The provider does not offer this key."))
        .map(
            description -> {
              if (!description.usable()) {
                throw new JobFailure.Unfit("to", "The key is disabled or not made for wrapping.");
              }
              return description.key();
            });
  }

  private static void requireDifferent(RewrapOrder order) {
    if (order.from().equals(order.to())) {
      throw new JobFailure.Unfit("to", "Both are the same key.");
    }
  }
}
