package io.coffer.bench;

import io.coffer.bench.HttpLoad.Outcome;
import java.time.Duration;
import java.util.function.Supplier;

/** Measures loads on one application and its database. */
final class Meter {

  private static final String ALLOCATED = "jvm_gc_memory_allocated_bytes_total";
  private static final String EVENTS = "coffer_activity_group_size_sum";
  private static final String COMMITS = "coffer_activity_group_size_count";

  private final Application application;
  private final ProcessCost database;
  private final Duration warmUp;
  private final Duration time;

  Meter(Application application, ProcessCost database, Duration warmUp, Duration time) {
    this.application = application;
    this.database = database;
    this.warmUp = warmUp;
    this.time = time;
  }

  Measurement closed(Scenario scenario, int connections) {
    HttpLoad.closed(application.address(), connections, warmUp, scenario.requests());
    return measured(
        scenario,
        connections,
        "closed",
        () -> HttpLoad.closed(application.address(), connections, time, scenario.requests()));
  }

  Measurement open(Scenario scenario, int connections, double perSecond) {
    HttpLoad.open(application.address(), connections, warmUp, perSecond, scenario.requests());
    return measured(
        scenario,
        connections,
        "open",
        () ->
            HttpLoad.open(application.address(), connections, time, perSecond, scenario.requests()));
  }

  private Measurement measured(
      Scenario scenario, int connections, String loop, Supplier<Outcome> load) {
    double allocated = application.metric(ALLOCATED);
    double events = application.metric(EVENTS);
    double commits = application.metric(COMMITS);
    double cpu = application.cost().cpuSeconds();
    double databaseCpu = database.cpuSeconds();
    Outcome outcome = load.get();
    double requests = Math.max(1, outcome.requests());
    return new Measurement(
        scenario.name(),
        connections,
        loop,
        outcome.perSecond(),
        outcome.failures(),
        outcome.millis(50),
        outcome.millis(99),
        (application.cost().cpuSeconds() - cpu) * 1000 / requests,
        (database.cpuSeconds() - databaseCpu) * 1000 / requests,
        (application.metric(EVENTS) - events)
            / Math.max(1, application.metric(COMMITS) - commits),
        (application.metric(ALLOCATED) - allocated) / requests,
        application.cost().residentMegabytes());
  }
}
