package io.coffer.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    try {
      Process process = process(environment, List.of()).start();
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

  /**
   * What a run that ends by itself left.
   *
   * @param status the exit status
   * @param text what it printed
   */
  public record Output(int status, String text) {}

  /** Runs the application with arguments with which it ends by itself. */
  public static Output run(Map<String, String> environment, String... arguments) {
    try {
      Process process = process(environment, List.of(arguments)).start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Output(process.waitFor(), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static ProcessBuilder process(Map<String, String> environment, List<String> arguments)
      throws IOException {
    assertThat(APPLICATION).as("the packaged application").exists();
    List<String> command = new ArrayList<>();
    command.add(JAVA.toString());
    command.addAll(ShortLived.JAVA_OPTIONS);
    command.addAll(List.of("-Xmx512m", "--enable-native-access=ALL-UNNAMED", "-jar"));
    command.add(APPLICATION.toAbsolutePath().toString());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.matches("(COFFER|QUARKUS|AWS|OTEL)_.*"));
    builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
    builder.environment().put("QUARKUS_HTTP_PORT", "0");
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
    // No file of the project, such as a dotenv file, may configure it.
    builder.directory(Files.createTempDirectory("packaged").toFile());
    return builder;
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
