package io.coffer.bench;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What is to be reached, and what was; all figures of one run. */
final class Targets {

  private static final int BUSY = 32;
  private static final int BUSIER = 64;
  private static final double MOST_STARTUP_SECONDS = 5;
  private static final double MOST_DATABASE_CPU = 4;
  private static final double LEAST_SHARE = 0.3;
  private static final double MOST_TAIL = 6;
  private static final double LEAST_EVENTS_PER_COMMIT = 8;
  private static final double LEAST_DELAYED_SHARE = 0.6;
  private static final double ENOUGH_PER_SECOND = 10_000;

  private final Startup startup;
  private final List<Measurement> measured;
  private final List<Scenario> scenarios;
  private final StringBuilder text = new StringBuilder();

  Targets(Startup startup, List<Measurement> measured, List<Scenario> scenarios) {
    this.startup = startup;
    this.measured = measured;
    this.scenarios = scenarios;
  }

  /** A table; without the lines of what was not measured. */
  String text() {
    text.append("\n| what | measured | target | reached |\n| --- | ---: | ---: | --- |\n");
    most("start to ready, seconds of CPU", startup.cpuSeconds(), MOST_STARTUP_SECONDS);
    scenarios.forEach(this::application);
    batch();
    database();
    throughput();
    tail();
    delayed();
    return text.toString();
  }

  private void application(Scenario scenario) {
    ratio(
            closed(scenario.name(), BUSY),
            closed(Scenario.BASE, BUSY),
            Measurement::applicationCpu)
        .ifPresent(
            it ->
                most(
                    scenario.name() + ": application CPU, times the base",
                    it,
                    scenario.cpuTarget()));
  }

  private void batch() {
    Optional<Measurement> many = closed(Scenario.USE_MANY, BUSY);
    Optional<Measurement> one = closed(Scenario.USE, BUSY);
    Optional<Measurement> base = closed(Scenario.BASE, BUSY);
    if (many.isPresent() && one.isPresent() && base.isPresent()) {
      double more = many.get().applicationCpu() - one.get().applicationCpu();
      most(
          "each further item of a batch: application CPU, times the base",
          more / (Scenario.BATCH - 1) / base.get().applicationCpu(),
          Scenario.ITEM_TARGET);
    }
  }

  private void database() {
    ratio(
            closed(Scenario.USE, BUSY),
            closed(Pgbench.SELECT, Pgbench.CONNECTIONS),
            Measurement::databaseCpu)
        .ifPresent(
            it -> most("use by id: PostgreSQL CPU, times pgbench's select", it, MOST_DATABASE_CPU));
  }

  private void throughput() {
    ratio(closed(Scenario.USE, BUSY), closed(Scenario.BASE, BUSY), Measurement::perSecond)
        .ifPresent(it -> least("use by id: throughput, share of the base's", it, LEAST_SHARE));
  }

  private void tail() {
    find(Scenario.USE, "open", BUSY)
        .ifPresent(it -> most("use by id, open: p99 by p50", it.p99() / it.p50(), MOST_TAIL));
  }

  private void delayed() {
    closed(Scenario.DELAYED, BUSY)
        .ifPresent(
            it ->
                least(
                    "commits slowed to 2 ms: events a commit",
                    it.eventsPerCommit(),
                    LEAST_EVENTS_PER_COMMIT));
    Optional<Measurement> quick = closed(Scenario.USE, BUSIER);
    Optional<Measurement> slow = closed(Scenario.DELAYED, BUSIER);
    if (quick.isPresent() && slow.isPresent()) {
      least(
          "commits slowed to 2 ms: uses a second at " + BUSIER,
          slow.get().perSecond(),
          Math.min(ENOUGH_PER_SECOND, LEAST_DELAYED_SHARE * quick.get().perSecond()));
    }
  }

  private void most(String what, double measurement, double target) {
    line(what, measurement, "at most ", target, measurement <= target);
  }

  private void least(String what, double measurement, double target) {
    line(what, measurement, "at least ", target, measurement >= target);
  }

  private void line(String what, double measurement, String bound, double target, boolean good) {
    text.append(
        String.format(
            Locale.ROOT,
            "| %s | %.2f | %s%.1f | %s |%n",
            what,
            measurement,
            bound,
            target,
            good ? "yes" : "no"));
  }

  private static Optional<Double> ratio(
      Optional<Measurement> of, Optional<Measurement> by, ToDoubleFunction<Measurement> figure) {
    return of.flatMap(
        one -> by.map(other -> figure.applyAsDouble(one) / figure.applyAsDouble(other)));
  }

  private Optional<Measurement> closed(String scenario, int connections) {
    return find(scenario, "closed", connections);
  }

  private Optional<Measurement> find(String scenario, String loop, int connections) {
    return measured.stream()
        .filter(it -> it.scenario().equals(scenario) && it.connections() == connections)
        .filter(it -> it.loop().equals(loop))
        .findFirst();
  }
}
