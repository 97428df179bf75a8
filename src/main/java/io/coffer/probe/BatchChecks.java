package io.coffer.probe;

import io.coffer.access.AccessEvent;
import io.coffer.access.Actor;
import io.coffer.credential.Probeable;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Checks of credentials for work that outlives a request. */
@ApplicationScoped
public class BatchChecks {

  private final Checks checks;
  private final ProbesConfig config;
  private final Clock clock;

  BatchChecks(Checks checks, ProbesConfig config, Clock clock) {
    this.checks = checks;
    this.config = config;
    this.clock = clock;
  }

  /**
   * What came of one check.
   *
   * @param verdict {@code valid}, {@code invalid}, {@code unknown} or {@code not_probed}
   * @param reason one of the reasons of verdicts
   * @param usable null: not shown
   */
  public record Outcome(
      String verdict, String reason, @Nullable Boolean usable, Instant checkedAt) {}

  /** How many checks of one organization are worth having under way. */
  public int atOnce() {
    return Math.min(config.atOnce(), config.perOrganization());
  }

  /**
   * Checks the credential; the record of it is durable before its value is opened.
   *
   * @param by who has ordered the work
   * @param job the work that it belongs to
   * @return fails if the check could not be made now: no record, no data key, too much waiting
   */
  public Uni<Outcome> check(Probeable credential, Actor by, UUID job) {
    TreeMap<String, String> details = new TreeMap<>();
    details.put("cause", Trigger.BATCH.wireName());
    details.put("job", job.toString());
    AccessEvent event =
        new AccessEvent(
            clock.instant(),
            by,
            credential.organization(),
            null,
            Checks.ACTION,
            AccessEvent.Outcome.DONE,
            null,
            AccessEvent.Origin.NONE,
            details);
    return checks
        .check(credential, event, Trigger.BATCH, Checks.ANY_AGE)
        .map(view -> new Outcome(view.verdict(), view.reason(), view.usable(), view.checkedAt()));
  }

  /** A check of something that is not there any more. */
  public Outcome gone() {
    return of(Verdict.notProbed());
  }

  /** A check that failed for a reason that trying again does not mend. */
  public Outcome broken() {
    return of(Verdict.unknown(Reason.INCONCLUSIVE));
  }

  private Outcome of(Verdict verdict) {
    return new Outcome(
        verdict.finding().wireName(),
        verdict.reason().wireName(),
        verdict.usable(),
        clock.instant());
  }
}
