package io.coffer.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The figures as a table for people and as JSON. */
final class Report {

  private final Options options;
  private final Startup startup;
  private final List<Measurement> measured;
  private final List<Scenario> scenarios;
  private final Machine machine = Machine.here();

  Report(
      Options options,
      Startup startup,
      List<Measurement> measured,
      List<Scenario> scenarios) {
    this.options = options;
    this.startup = startup;
    this.measured = measured;
    this.scenarios = scenarios;
  }

  void print() {
    System.out.print(text());
  }

  /** Writes {@code latest.md} and {@code latest.json}. */
  void write(Path directory) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("latest.md"), text());
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("date", LocalDate.now().toString());
    all.put("commit", options.commit());
    all.put("machine", machine);
    all.put("options", options);
    all.put("startup", startup);
    all.put("measurements", measured);
    new ObjectMapper()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .writeValue(directory.resolve("latest.json").toFile(), all);
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    text.append("Commit %s, %s, %s.%n".formatted(options.commit(), LocalDate.now(), machine.line()));
    text.append(
        "%d credentials in %d organizations; JVM flags %s; start to ready %.1f s of CPU.%n%n"
            .formatted(
                options.credentials(),
                options.tenants(),
                String.join(" ", options.flags()),
                startup.cpuSeconds()));
    text.append(
        "| request | connections | loop | requests/s | p50 ms | p99 ms | application CPU ms |"
            + " PostgreSQL CPU ms | events a commit | allocated kB | resident MB | failures |\n");
    text.append(
        "| --- | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
    measured.forEach(it -> text.append(row(it)));
    text.append(new Targets(startup, measured, scenarios).text());
    return text.toString();
  }

  private static String row(Measurement it) {
    return String.format(
        Locale.ROOT,
        "| %s | %d | %s | %.0f | %.2f | %.2f | %.3f | %.3f | %.1f | %.1f | %.0f | %d |%n",
        it.scenario(),
        it.connections(),
        it.loop(),
        it.perSecond(),
        it.p50(),
        it.p99(),
        it.applicationCpu(),
        it.databaseCpu(),
        it.eventsPerCommit(),
        it.allocated() / 1000,
        it.residentMegabytes(),
        it.failures());
  }
}
