package io.coffer.bench;

import io.coffer.testing.PackagedServices;
import io.coffer.testing.TestIssuer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Starts all parts, fills the store, measures, and reports; what is asked for stands in bench/run. */
final class Bench {

  private static final int BUSY = 32;
  private static final double OPEN_SHARE = 0.6;
  private static final int WARM_UP_ROUNDS = 3;
  private static final Duration WARM_UP = Duration.ofSeconds(5);

  private final Options options;
  private final PackagedServices services;
  private final TestIssuer issuer;
  private final Tenants tenants;
  private final Database database;
  private final List<Measurement> measured = new ArrayList<>();

  private Bench(Options options, PackagedServices services, TestIssuer issuer) {
    this.options = options;
    this.services = services;
    this.issuer = issuer;
    this.tenants = new Tenants(issuer, options.tenants());
    this.database = new Database(services);
  }

  public static void main(String[] arguments) throws IOException {
    Options options = Options.of(arguments);
    try (PackagedServices services = PackagedServices.start();
        TestIssuer issuer = TestIssuer.start()) {
      Report report = new Bench(options, services, issuer).run();
      report.print();
      report.write(Path.of(options.results()));
    }
    System.exit(0);
  }

  private Report run() {
    database.execute("create database " + Pgbench.DATABASE);
    measured.addAll(
        new Pgbench(services.database().getPort(), database.cost(), options.seconds()).run());
    try (Application application = start(Map.of("COFFER_IDENTITY_MAX_CHECKED_TOKENS", "0"))) {
      warmUp(application, List.of(Scenario.base(tenants)));
      measure(application, Scenario.base(tenants));
    }
    Startup startup;
    try (Application application = start(Map.of())) {
      startup = Startup.of(application);
      Filling filling = new Filling(application.address(), jdbcUrl());
      filling.fill(tenants, options.credentials());
      filling.settle();
      warmUp(application, chosen());
      if (options.only().isEmpty()) {
        Scenario.floors(tenants).forEach(scenario -> measure(application, scenario));
      }
      chosen().forEach(scenario -> measure(application, scenario));
      if (Scenario.DELAYED.contains(options.only())) {
        slowCommits();
        measure(application, Scenario.delayed(tenants));
      }
    }
    return new Report(options, startup, measured, Scenario.all(tenants));
  }

  private List<Scenario> chosen() {
    return Scenario.all(tenants).stream()
        .filter(scenario -> scenario.name().contains(options.only()))
        .toList();
  }

  /** Until the JVM's compilers are through with what is measured first. */
  private void warmUp(Application application, List<Scenario> scenarios) {
    for (int round = 0; round < WARM_UP_ROUNDS; round++) {
      for (Scenario scenario : scenarios) {
        HttpLoad.Outcome outcome =
            HttpLoad.closed(application.address(), BUSY, WARM_UP, scenario.requests());
        if (outcome.failures() > 0) {
          throw new IllegalStateException(scenario.name() + " failed");
        }
      }
    }
  }

  private Application start(Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(services.environment());
    environment.putAll(identity(issuer));
    environment.putAll(more);
    return Application.start(options.flags(), environment);
  }

  /** What lets the tokens of the tenants in, for as long as a run takes. */
  static Map<String, String> identity(TestIssuer issuer) {
    return Map.of(
        "COFFER_IDENTITY_ISSUERS_DEFAULT_URL", issuer.url(),
        "COFFER_IDENTITY_ISSUERS_DEFAULT_AUDIENCE", "coffer",
        "COFFER_IDENTITY_ISSUERS_DEFAULT_MAX_TOKEN_AGE", Tenants.maxTokenAge());
  }

  private void measure(Application application, Scenario scenario) {
    Meter meter =
        new Meter(
            application,
            database.cost(),
            Duration.ofSeconds(options.warmUpSeconds()),
            Duration.ofSeconds(options.seconds()));
    for (int connections : options.connections()) {
      Measurement closed = meter.closed(scenario, connections);
      add(closed);
      if (connections == BUSY) {
        add(meter.open(scenario, BUSY, closed.perSecond() * OPEN_SHARE));
      }
    }
  }

  /** As on a disk that takes 2 ms to flush. */
  private void slowCommits() {
    database.execute(
        "alter system set commit_delay = 2000",
        "alter system set commit_siblings = 0",
        "select pg_reload_conf()");
  }

  private void add(Measurement measurement) {
    System.err.println(measurement);
    measured.add(measurement);
  }

  private String jdbcUrl() {
    return "jdbc:postgresql://localhost:" + services.database().getPort() + "/postgres";
  }
}
