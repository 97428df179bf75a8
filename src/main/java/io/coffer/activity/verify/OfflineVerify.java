package io.coffer.activity.verify;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.postgresql.Driver;

/**
 * {@code verify} on the command line: reads the database that the environment names, or an export,
 * and prints what is wrong. The tags of checkpoints need the key management service and are checked
 * by the running application.
 */
public final class OfflineVerify {

  /** Nothing is wrong. */
  public static final int INTACT = 0;

  /** Something is wrong. */
  public static final int BROKEN = 1;

  /** It could not be verified. */
  public static final int UNKNOWN = 2;

  private static final String USAGE =
      """
      usage: verify [--export FILE] [--checkpoint FILE]
        Without --export the database is read that QUARKUS_DATASOURCE_JDBC_URL,
        QUARKUS_DATASOURCE_USERNAME and QUARKUS_DATASOURCE_PASSWORD name.
        --export FILE      JSON lines of /api/v1/activity/export
        --checkpoint FILE  log lines of coffer.checkpoint that were kept elsewhere
      exit status: 0 intact, 1 broken, 2 not verified""";

  private final PrintStream out;
  private final Map<String, String> environment;

  public OfflineVerify(PrintStream out, Map<String, String> environment) {
    this.out = out;
    this.environment = environment;
  }

  /** What is to be read. */
  private record Order(Optional<Path> export, Optional<Path> checkpoint) {

    static Optional<Order> of(List<String> args) {
      Optional<Path> export = Optional.empty();
      Optional<Path> checkpoint = Optional.empty();
      for (int i = 0; i < args.size(); i += 2) {
        if (i + 1 == args.size()) {
          return Optional.empty();
        }
        switch (args.get(i)) {
          case "--export" -> export = Optional.of(Path.of(args.get(i + 1)));
          case "--checkpoint" -> checkpoint = Optional.of(Path.of(args.get(i + 1)));
          default -> {
            return Optional.empty();
          }
        }
      }
      return Optional.of(new Order(export, checkpoint));
    }
  }

  /** Verifies and prints; the exit status. */
  public int run(List<String> args) {
    try {
      Optional<Order> order = Order.of(args);
      if (order.isEmpty()) {
        out.println(USAGE);
        return UNKNOWN;
      }
      return run(order.get());
    } catch (IOException e) {
      out.println("not verified: a file cannot be read: " + e.getMessage());
    } catch (InvalidPathException e) {
      out.println("not verified: that is no file");
    } catch (SQLException e) {
      // The driver's message may quote what it read.
      out.println("not verified: the database cannot be read (SQL state " + e.getSQLState() + ")");
    }
    return UNKNOWN;
  }

  private int run(Order order) throws IOException, SQLException {
    List<OutsideCheckpoint> outside = List.of();
    if (order.checkpoint().isPresent()) {
      try (Stream<String> lines = Files.lines(order.checkpoint().get())) {
        outside = OutsideCheckpoint.in(lines);
      }
      out.println("checkpoints kept elsewhere: " + outside.size());
    }
    if (order.export().isPresent()) {
      try (Stream<String> lines = Files.lines(order.export().get())) {
        return print(new ExportCheck(outside).run(lines));
      }
    }
    return ofDatabase(outside);
  }

  private int ofDatabase(List<OutsideCheckpoint> outside) throws SQLException {
    String url = environment.get("QUARKUS_DATASOURCE_JDBC_URL");
    if (url == null) {
      out.println("not verified: QUARKUS_DATASOURCE_JDBC_URL is not set");
      out.println(USAGE);
      return UNKNOWN;
    }
    try (Connection connection = new Driver().connect(url, credentials())) {
      if (connection == null) {
        out.println("not verified: QUARKUS_DATASOURCE_JDBC_URL is no address of PostgreSQL");
        return UNKNOWN;
      }
      return print(new Verification(Tags.UNCHECKED, () -> true).run(connection, outside));
    }
  }

  private Properties credentials() {
    Properties credentials = new Properties();
    setFrom("QUARKUS_DATASOURCE_USERNAME", credentials, "user");
    setFrom("QUARKUS_DATASOURCE_PASSWORD", credentials, "password");
    return credentials;
  }

  private void setFrom(String variable, Properties properties, String name) {
    String value = environment.get(variable);
    if (value != null) {
      properties.setProperty(name, value);
    }
  }

  private int print(Report report) {
    out.printf(
        "read %d events in %d chains, %d checkpoints, %d credentials; %d events are in no"
            + " checkpoint%n",
        report.events(),
        report.chains(),
        report.checkpoints(),
        report.credentials(),
        report.unbound());
    if (!report.tagsChecked()) {
      out.println(
          "the tags of checkpoints were not checked: GET /api/v1/activity/verify does, which has"
              + " the keys");
    }
    report.findings().forEach(this::print);
    if (!report.complete()) {
      out.println("not verified: the record was not read to its end");
      return report.intact() ? UNKNOWN : BROKEN;
    }
    out.println(report.intact() ? "intact" : "broken");
    return report.intact() ? INTACT : BROKEN;
  }

  private void print(Finding finding) {
    StringBuilder line = new StringBuilder("broken: ").append(finding.kind());
    if (finding.writer() != null) {
      line.append(" chain ").append(finding.writer()).append(" event ").append(finding.sequence());
    }
    if (finding.checkpoint() != null) {
      line.append(" checkpoint ").append(finding.checkpoint());
    }
    if (finding.credential() != null) {
      line.append(" credential ").append(finding.credential());
    }
    out.println(line.append(": ").append(finding.message()));
  }
}
