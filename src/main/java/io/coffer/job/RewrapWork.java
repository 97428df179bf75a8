package io.coffer.job;

import io.coffer.kms.KeyFailure;
import io.coffer.kms.KmsFailure;
import io.coffer.kms.RewrapFailure;
import io.coffer.kms.Rewrapping;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Re-wraps all data keys from one key-encryption key to another. A key that is re-wrapped is no
 * longer found under the old one, so a step done twice does no harm; a second pass finds what was
 * made meanwhile.
 */
final class RewrapWork implements JobWork {

  static final String KIND = "rewrap_keys";

  private static final int AT_ONCE = 20;

  private final Rewrapping rewrapping;
  private final int rate;

  /**
   * @param rate data keys per second
   */
  RewrapWork(Rewrapping rewrapping, int rate) {
    this.rewrapping = rewrapping;
    this.rate = Math.max(1, rate);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Uni<JobStep> step(Job job, Set<UUID> failed) {
    RewrapOrder order = RewrapOrder.of(job.parameters());
    return rewrapping
        .under(order.from(), job.cursor(), failed, Math.min(rate, AT_ONCE))
        .flatMap(ids -> ids.isEmpty() ? endOfPass(job, order) : rewrapAll(ids, order, job));
  }

  /** A dry run leaves every key where it was, so that one pass is all. */
  private static Uni<JobStep> endOfPass(Job job, RewrapOrder order) {
    return Uni.createFrom()
        .item(
            order.dryRun() || job.cursor() == null
                ? new JobStep.Finished()
                : new JobStep.Progress(null, 0, Map.of(), Duration.ZERO));
  }

  private Uni<JobStep> rewrapAll(List<UUID> ids, RewrapOrder order, Job job) {
    Tally tally = new Tally(job.cursor());
    return Multi.createFrom()
        .iterable(ids)
        .onItem()
        .transformToUniAndConcatenate(
            id ->
                tally.stopped()
                    ? Uni.createFrom().nullItem()
                    : rewrapping
                        .rewrap(id, order.from(), order.to(), order.dryRun())
                        .invoke(() -> tally.succeeded(id))
                        .onFailure()
                        .recoverWithItem(
                            failure -> {
                              tally.failed(id, failure);
                              return null;
                            }))
        .collect()
        .last()
        .map(_ -> tally.result(rate));
  }

  /** What came of the keys of one step, which are re-wrapped one after the other. */
  private static final class Tally {
    private @Nullable UUID last;
    private int done;
    private final Map<UUID, String> failures = new HashMap<>();
    private @Nullable String trouble;

    Tally(@Nullable UUID last) {
      this.last = last;
    }

    boolean stopped() {
      return trouble != null;
    }

    void succeeded(UUID id) {
      last = id;
      done++;
    }

    void failed(UUID id, Throwable failure) {
      if (passes(failure)) {
        trouble = label(failure);
      } else {
        last = id;
        failures.put(id, label(failure));
      }
    }

    JobStep result(int rate) {
      Duration rest = Duration.ofMillis(1000L * (done + failures.size()) / rate);
      JobStep.Progress progress = new JobStep.Progress(last, done, failures, rest);
      return trouble == null ? progress : new JobStep.Pause(progress, trouble);
    }

    private static boolean passes(Throwable failure) {
      return failure instanceof KmsFailure kms && kms.retryable()
          || failure instanceof KeyFailure key && key.retryable();
    }

    private static String label(Throwable failure) {
      return switch (failure) {
        case KmsFailure kms -> kms.label();
        case RewrapFailure rewrap -> rewrap.label();
        case KeyFailure _ -> "database";
        default -> "unexpected";
      };
    }
  }
}
