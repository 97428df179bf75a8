package io.coffer.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The packaged application as a process of its own, configured as operators do it. */
public final class PackagedCoffer implements AutoCloseable {

  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
  private static final Path APPLICATION = Path.of("target", "quarkus-app", "quarkus-run.jar");
  private static final Pattern LISTENING = Pattern.compile("Listening on: (http://[^\\s\"]+)");
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Process process;
  private final ProcessLog log;
  private final URI url;

  private PackagedCoffer(Process process, ProcessLog log, URI url) {
    this.process = process;
    this.log = log;
    this.url = url;
  }

  /**
   * Starts the application and waits until it listens.
   *
   * @param environment its settings as environment variables; without {@code QUARKUS_HTTP_PORT} it
   *     takes a free port
   */
  public static PackagedCoffer start(Map<String, String> environment) {
    assertThat(APPLICATION).as("the packaged application").exists();
    ProcessBuilder builder =
        new ProcessBuilder(
            JAVA.toString(),
            "-Xmx512m",
            "--enable-native-access=ALL-UNNAMED",
            "-jar",
            APPLICATION.toAbsolutePath().toString());
    builder.environment().keySet().removeIf(name -> name.matches("(COFFER|QUARKUS|AWS|OTEL)_.*"));
    builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
    builder.environment().put("QUARKUS_HTTP_PORT", "0");
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
    try {
      // No file of the project, such as a dotenv file, may configure it.
      builder.directory(Files.createTempDirectory("packaged").toFile());
      Process process = builder.start();
      ProcessLog log = ProcessLog.of(process);
      try {
        URI url = URI.create(log.await(LISTENING, PATIENCE).group(1));
        return new PackagedCoffer(process, log, url);
      } catch (RuntimeException e) {
        process.destroyForcibly();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it listens. */
  public URI url() {
    return url;
  }

  /** What it has logged. */
  public ProcessLog log() {
    return log;
  }

  /** Ends it as a lost machine does: at once, whatever it is doing. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Ends it as an orchestrator does. */
  @Override
  public void close() {
    process.destroy();
    awaitEnd();
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
