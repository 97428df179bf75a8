package io.coffer.job;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Does this replica's share of the jobs, one at a time, a step after the other. After a crash the
 * lease runs out and any replica goes on at the last step that was kept.
 */
final class JobRunner {

  private static final Logger LOG = Logger.getLogger(JobRunner.class);
  private static final int MOST_FAILURES = 10_000;

  private final UUID owner = UUID.randomUUID();
  private final JobStore store;
  private final Map<String, JobWork> works;
  private final JobsConfig config;
  private final Function<Duration, Uni<Void>> timer;
  private final AtomicBoolean busy = new AtomicBoolean();

  /**
   * @param timer completes after a time
   */
  JobRunner(
      JobStore store,
      Collection<JobWork> works,
      JobsConfig config,
      Function<Duration, Uni<Void>> timer) {
    this.store = store;
    this.works = works.stream().collect(Collectors.toMap(JobWork::kind, work -> work));
    this.config = config;
    this.timer = timer;
  }

  /** Starts working in the background unless this replica is at it already. */
  void wake() {
    if (busy.compareAndSet(false, true)) {
      workAll()
          // Off the context of the request that woke it, which ends long before.
          .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
          .onTermination()
          .invoke(() -> busy.set(false))
          .subscribe()
          .with(_ -> {}, failure -> LOG.warnf("a job stopped: %s", nameOf(failure)));
    }
  }

  /** Works until nothing is left that may be claimed now. */
  Uni<Void> workAll() {
    return repeat(
        () ->
            store
                .claim(owner, works.keySet(), config.lease())
                .flatMap(
                    claimed ->
                        claimed.isEmpty()
                            ? Uni.createFrom().item(false)
                            : work(claimed.get()).replaceWith(true)));
  }

  private Uni<Void> work(Job claimed) {
    AtomicReference<Job> job = new AtomicReference<>(claimed);
    return repeat(
        () ->
            stepOf(Objects.requireNonNull(job.get()))
                .invoke(next -> next.ifPresent(job::set))
                .map(Optional::isPresent));
  }

  /** One step; the job as it stands after it, empty if this replica is done with it for now. */
  private Uni<Optional<Job>> stepOf(Job job) {
    return store
        .failures(job.id(), MOST_FAILURES)
        .flatMap(failures -> workOf(job).step(job, failures.keySet()))
        .flatMap(
            step ->
                switch (step) {
                  case JobStep.Finished _ ->
                      store.finish(job, owner).replaceWith(Optional.<Job>empty());
                  case JobStep.Pause pause -> pause(job, pause).replaceWith(Optional.<Job>empty());
                  case JobStep.Progress progress -> goOn(job, progress);
                });
  }

  private JobWork workOf(Job job) {
    // Only kinds that this replica knows are claimed.
    return Objects.requireNonNull(works.get(job.kind()));
  }

  private Uni<Void> pause(Job job, JobStep.Pause pause) {
    return store
        .advance(job, owner, pause.progress(), config.lease())
        .chain(() -> store.pause(job, owner, pause.reason(), config.pause()));
  }

  private Uni<Optional<Job>> goOn(Job job, JobStep.Progress progress) {
    return store
        .advance(job, owner, progress, config.lease())
        .flatMap(
            kept -> {
              if (kept.isEmpty()) {
                return lost(job);
              }
              return workOf(job).takesTurns()
                  ? store.letGo(job, owner).replaceWith(Optional.<Job>empty())
                  : timer.apply(progress.rest()).replaceWith(kept);
            });
  }

  /** Not by nesting: a long job has more steps than a stack has room. */
  private static Uni<Void> repeat(Supplier<Uni<Boolean>> once) {
    return Multi.createBy()
        .repeating()
        .uni(once::get)
        .whilst(again -> again)
        .onItem()
        .ignoreAsUni();
  }

  private static Uni<Optional<Job>> lost(Job job) {
    LOG.warnf("job %s was taken over by another replica", job.id());
    return Uni.createFrom().item(Optional.empty());
  }

  private static String nameOf(Throwable failure) {
    return failure instanceof JobFailure ? failure.toString() : failure.getClass().getName();
  }
}
