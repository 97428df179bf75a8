package io.coffer.probe;

import io.coffer.credential.Probeable;
import io.coffer.credential.Probeables;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;

/**
 * Checks what is due, with the other replicas: each takes on a few at a time that nobody else has
 * taken on, and begins none that it could not end before another one may take it over.
 */
@ApplicationScoped
class ScheduledChecks {

  private static final Logger LOG = Logger.getLogger(ScheduledChecks.class);

  /** How many credentials are put on the schedule by one statement. */
  private static final int ADOPTED_AT_ONCE = 1000;

  private final DueCredentials due;
  private final Probeables credentials;
  private final Checks checks;
  private final ProbeRunner runner;
  private final ProbeKinds kinds;
  private final ProbesConfig config;
  private final Budgets budgets;
  private final Clock clock;

  ScheduledChecks(
      DueCredentials due,
      Probeables credentials,
      Checks checks,
      ProbeRunner runner,
      ProbeKinds kinds,
      ProbesConfig config,
      Clock clock) {
    this.due = due;
    this.credentials = credentials;
    this.checks = checks;
    this.runner = runner;
    this.kinds = kinds;
    this.config = config;
    this.clock = clock;
    this.budgets =
        new Budgets(
            config.schedule().perHostAMinute(), config.schedule().perOrganizationAMinute(), clock);
  }

  /** Works until nothing is due that may be taken on now. */
  Uni<Void> round() {
    List<UUID> types = kinds.probed();
    if (types.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return due.adopt(types, config.schedule().again(), ADOPTED_AT_ONCE)
        .chain(
            () ->
                Multi.createBy()
                    .repeating()
                    .uni(() -> some(types))
                    .whilst(claimed -> claimed >= config.schedule().batch())
                    .onItem()
                    .ignoreAsUni());
  }

  /** How many were taken on. */
  private Uni<Integer> some(List<UUID> types) {
    ProbesConfig.Schedule schedule = config.schedule();
    Instant lastBegin = clock.instant().plus(schedule.lease()).minus(config.deadline());
    return due.claim(types, schedule.lease(), schedule.batch())
        .flatMap(
            rows ->
                rows.isEmpty()
                    ? Uni.createFrom().item(0)
                    : Uni.join()
                        .all(rows.stream().map(row -> one(row, lastBegin)).toList())
                        .usingConcurrencyOf(config.atOnce())
                        .andCollectFailures()
                        .replaceWith(rows.size()));
  }

  private Uni<Void> one(Row row, Instant lastBegin) {
    return credentials
        .read(row)
        .flatMap(
            credential ->
                checked(credential, lastBegin)
                    .onFailure()
                    .invoke(
                        failure ->
                            LOG.warnf("a credential was not checked: %s", failure.getClass()))
                    .onFailure()
                    .recoverWithUni(() -> later(credential, config.schedule().again())));
  }

  private Uni<Void> checked(Probeable credential, Instant lastBegin) {
    if (clock.instant().isAfter(lastBegin)) {
      // Another replica may have it by now.
      return Uni.createFrom().voidItem();
    }
    if (!runner.canLook(credential.type(), credential.plain())) {
      return later(credential, config.schedule().interval());
    }
    UUID organization = credential.organization();
    String host = runner.host(organization, credential.type(), credential.plain());
    Duration wait = budgets.take(organization, host);
    if (!wait.isZero()) {
      return later(credential, wait);
    }
    return checks
        .check(credential, checks.byCoffer(Trigger.SCHEDULE), Trigger.SCHEDULE, Checks.ANY_AGE)
        .invoke(
            view -> {
              Long retryAfter = view.retryAfter();
              if (retryAfter != null) {
                budgets.rest(organization, host, Duration.ofSeconds(retryAfter));
              }
            })
        .replaceWithVoid();
  }

  /** A little more than the time, so that what waits for the same thing does not come at once. */
  private Uni<Void> later(Probeable credential, Duration time) {
    double more = 1 + 0.2 * ThreadLocalRandom.current().nextDouble();
    return due.putBack(
        credential.id(),
        credential.version(),
        clock.instant().plusMillis((long) (time.toMillis() * more)));
  }
}
