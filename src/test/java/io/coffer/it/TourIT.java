package io.coffer.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.testing.ProcessLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The README's first command and its tour, executed as they stand there; only the port is a free
 * one.
 */
class TourIT {

  private static final Pattern LISTENING = Pattern.compile("Listening on: (http://[^\\s\"]+)");
  private static final Pattern BLOCK = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final String ADDRESS_IN_README = "http://localhost:8080";
  private static final String BETWEEN = "----- next block -----";

  @TempDir static Path directory;

  private static Process dev;
  private static ProcessLog log;
  private static String address = "";

  @BeforeAll
  static void startsDevMode() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            "sh",
            "./mvnw",
            "-B",
            "quarkus:dev",
            "-Dquarkus.http.port=0",
            // The build has just compiled all this: again only what is newer than its class.
            "-Dmaven.compiler.useIncrementalCompilation=false",
            "-Dcoffer.dev.directory=" + directory,
            "-Ddebug=false");
    builder.environment().keySet().removeIf(name -> name.matches("(COFFER|QUARKUS|AWS)_.*"));
    // What this build was started with concerns the build, not the application.
    builder.environment().remove("MAVEN_CMD_LINE_ARGS");
    builder.redirectErrorStream(true);
    dev = builder.start();
    log = ProcessLog.of(dev);
    address = log.await(LISTENING, PATIENCE).group(1);
  }

  @AfterAll
  static void stopsDevMode() throws InterruptedException {
    dev.descendants().forEach(ProcessHandle::destroy);
    dev.destroy();
    assertThat(dev.waitFor(60, TimeUnit.SECONDS)).as("dev mode ends").isTrue();
  }

  @Test
  void givesWhatItTells() throws IOException, InterruptedException {
    List<String> answers = run(script());
    assertThat(answers).hasSize(6);
    assertThat(answers.get(2)).contains("sales warehouse", "$encrypted$").doesNotContain("horse");
    assertThat(answers.get(3)).contains("\"PGPASSWORD\":\"correct-horse-battery\"");
    assertThat(answers.get(4)).contains("\"version\":2").doesNotContain("horse");
    assertThat(answers.get(5)).contains("\"deleted_at\":\"", "\"deleted_at\":null");
  }

  @Test
  void startsWithoutAWarningOrAQuestion() {
    assertThat(log.lines())
        .anyMatch(line -> line.contains("Welcome to Coffer"))
        .noneMatch(line -> line.matches("(?i).*\\b(warn|warning|error)\\b.*"))
        .noneMatch(line -> line.matches("(?i).*(analytics|\\(y/n).*"));
  }

  @Test
  void hasSomebodyOverAllOrganizations() throws IOException, InterruptedException {
    String token = script().substring(0, script().indexOf("echo; "));
    String asRoot =
        token.replace("username=alice", "username=root").replace("password=alice", "password=root")
            + "curl -s $COFFER/api/v1/admin/keys -H \"Authorization: Bearer $TOKEN\"\n";
    assertThat(run(asRoot).toString()).contains("\"keys\"").doesNotContain("urn:coffer:problem");
  }

  private static String script() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    String tour = readme.substring(readme.indexOf("## A tour"), readme.indexOf("## Configuration"));
    StringBuilder script = new StringBuilder("set -eu\n");
    Matcher blocks = BLOCK.matcher(tour);
    while (blocks.find()) {
      script.append(blocks.group(1)).append("echo; echo '" + BETWEEN + "'\n");
    }
    return script.toString().replace(ADDRESS_IN_README, address);
  }

  private static List<String> run(String script) throws IOException, InterruptedException {
    Process shell = new ProcessBuilder("sh", "-c", script).redirectErrorStream(true).start();
    String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor()).as(output).isZero();
    return List.of(output.split(BETWEEN + "\\n"));
  }
}
