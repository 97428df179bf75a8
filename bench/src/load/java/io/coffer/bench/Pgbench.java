package io.coffer.bench;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the database does at best, by its own benchmark, where that is installed: a prepared select
 * of one row by its key, and an insert of one row that is durable before the next.
 */
final class Pgbench {

  static final String SELECT = "pgbench: prepared point select";
  static final int CONNECTIONS = 8;
  private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+)");

  private static final String INSERT =
      "insert into pgbench_history (tid, bid, aid, delta, mtime) values (1, 1, 1, 1, now());";

  /** Its own, so that its tables are not in the way of the application's. */
  static final String DATABASE = "floor";

  private final int port;
  private final ProcessCost database;
  private final int seconds;

  Pgbench(int port, ProcessCost database, int seconds) {
    this.port = port;
    this.database = database;
    this.seconds = seconds;
  }

  /** Empty if there is no pgbench on this machine. */
  List<Measurement> run() {
    try {
      run(List.of("-i", "-q", "-s", "1"));
      return List.of(
          measure(SELECT, List.of("-S")),
          measure("pgbench: durable insert of one row", List.of("-f", script(INSERT))));
    } catch (UncheckedIOException e) {
      return List.of();
    }
  }

  private Measurement measure(String name, List<String> what) {
    List<String> arguments =
        new ArrayList<>(
            List.of("-n", "-M", "prepared", "-c", "" + CONNECTIONS, "-T", "" + seconds));
    arguments.addAll(what);
    double before = database.cpuSeconds();
    long processes = database.processes();
    String output = run(arguments);
    // What a process cost that ends just now is with neither it nor its parent.
    database.awaitProcesses(processes);
    double cpu = database.cpuSeconds() - before;
    Matcher rate = RATE.matcher(output);
    double perSecond =
        Optional.of(rate).filter(Matcher::find).map(it -> Double.parseDouble(it.group(1))).orElse(0.0);
    double latency = perSecond == 0 ? 0 : CONNECTIONS * 1000 / perSecond;
    return new Measurement(
        name,
        CONNECTIONS,
        "closed",
        perSecond,
        0,
        latency,
        latency,
        0,
        cpu * 1000 / Math.max(1, perSecond * seconds),
        0,
        0,
        0);
  }

  private static String script(String sql) {
    try {
      Path file = Files.createTempFile("coffer-bench", ".sql");
      return Files.writeString(file, sql).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @CanIgnoreReturnValue
  private String run(List<String> arguments) {
    List<String> command = new ArrayList<>(List.of("pgbench"));
    command.addAll(arguments);
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder
          .environment()
          .putAll(
              Map.of(
                  "PGHOST", "localhost",
                  "PGPORT", "" + port,
                  "PGUSER", "postgres",
                  "PGPASSWORD", "postgres",
                  "PGDATABASE", DATABASE));
      Process process = builder.start();
      String output = new String(process.getInputStream().readAllBytes());
      process.waitFor();
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
