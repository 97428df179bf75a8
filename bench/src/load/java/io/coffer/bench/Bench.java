package io.coffer.bench;

import io.coffer.testing.PackagedServices;
import io.coffer.testing.TestIssuer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Starts all parts, fills the store, measures, and reports; what is asked for stands in bench/run. */
final class Bench {

  private static final int[] CONNECTIONS = {1, 8, 32, 64};
  private static final int BUSY = 32;
  private static final double OPEN_SHARE = 0.6;

  private final Options options;
  private final PackagedServices services;
  private final TestIssuer issuer;
  private final Tenants tenants;
  private final ProcessCost database;
  private final List<Measurement> measured = new ArrayList<>();

  private Bench(Options options, PackagedServices services, TestIssuer issuer) {
    this.options = options;
    this.services = services;
    this.issuer = issuer;
    this.tenants = new Tenants(issuer, options.tenants());
    this.database = new ProcessCost(postmaster());
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
    execute("create database " + Pgbench.DATABASE);
    measured.addAll(
        new Pgbench(services.database().getPort(), database, options.seconds()).run());
    try (Application application = start(Map.of("COFFER_IDENTITY_MAX_CHECKED_TOKENS", "0"))) {
      measure(application, Scenario.base(tenants));
    }
    Startup startup;
    try (Application application = start(Map.of())) {
      startup = Startup.of(application);
      Filling filling = new Filling(application.address(), jdbcUrl());
      filling.fill(tenants, options.credentials());
      filling.settle();
      if (options.only().isEmpty()) {
        Scenario.floors(tenants).forEach(scenario -> measure(application, scenario));
      }
      Scenario.all(tenants).stream()
          .filter(scenario -> scenario.name().contains(options.only()))
          .forEach(scenario -> measure(application, scenario));
    }
    return new Report(options, startup, measured, Scenario.all(tenants));
  }

  private Application start(Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(services.environment());
    environment.put("COFFER_IDENTITY_ISSUERS_DEFAULT_URL", issuer.url());
    environment.put("COFFER_IDENTITY_ISSUERS_DEFAULT_AUDIENCE", "coffer");
    environment.put("COFFER_IDENTITY_ISSUERS_DEFAULT_MAX_TOKEN_AGE", Tenants.maxTokenAge());
    environment.putAll(more);
    return Application.start(options.flags(), environment);
  }

  private void measure(Application application, Scenario scenario) {
    Meter meter =
        new Meter(
            application,
            database,
            Duration.ofSeconds(options.warmUpSeconds()),
            Duration.ofSeconds(options.seconds()));
    for (int connections : CONNECTIONS) {
      add(meter.closed(scenario, connections));
    }
    double rate = measured.get(measured.size() - 2).perSecond() * OPEN_SHARE;
    add(meter.open(scenario, BUSY, rate));
  }

  private void add(Measurement measurement) {
    System.err.println(measurement);
    measured.add(measurement);
  }

  private String jdbcUrl() {
    return "jdbc:postgresql://localhost:" + services.database().getPort() + "/postgres";
  }

  private void execute(String sql) {
    try (Connection connection = services.database().getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The database's first process; the others are its children. */
  private long postmaster() {
    try (Connection connection = services.database().getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
      row.next();
      return ProcessHandle.of(row.getLong(1)).flatMap(ProcessHandle::parent).orElseThrow().pid();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
