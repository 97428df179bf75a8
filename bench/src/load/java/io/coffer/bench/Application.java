package io.coffer.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged application as a process of its own, with the flags of the image. */
final class Application implements AutoCloseable {

  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
  private static final Pattern LISTENING = Pattern.compile("Listening on: http://[^:]+:(\\d+)");
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Process process;
  private final int port;

  private Application(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static Application start(List<String> flags, Map<String, String> environment) {
    List<String> command = new ArrayList<>(List.of(JAVA.toString()));
    command.addAll(flags);
    Path directory = Path.of(System.getProperty("coffer.bench.application")).toAbsolutePath();
    command.add("-XX:AOTCache=" + directory.resolve("coffer.aot"));
    command.addAll(List.of("-jar", directory.resolve("quarkus-run.jar").toString()));
    try {
      Path work = Files.createTempDirectory("coffer-bench");
      Path log = work.resolve("log");
      ProcessBuilder builder = new ProcessBuilder(command).directory(work.toFile());
      builder.environment().keySet().removeIf(name -> name.matches("(COFFER|QUARKUS|AWS|OTEL)_.*"));
      builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
      builder.environment().put("QUARKUS_HTTP_PORT", "0");
      builder.environment().putAll(environment);
      Process process =
          builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
      return new Application(process, awaitPort(process, log));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int awaitPort(Process process, Path log) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (process.isAlive() && System.nanoTime() < end) {
      Matcher listening = LISTENING.matcher(Files.readString(log));
      if (listening.find()) {
        return Integer.parseInt(listening.group(1));
      }
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    process.destroyForcibly();
    throw new IllegalStateException("did not start:\n" + Files.readString(log));
  }

  InetSocketAddress address() {
    return new InetSocketAddress("127.0.0.1", port);
  }

  ProcessCost cost() {
    return new ProcessCost(process.pid());
  }

  /** A figure of {@code /q/metrics}, summed over its labels; 0 if there is none. */
  double metric(String name) {
    String text = get("/q/metrics");
    double sum = 0;
    for (String line : text.lines().toList()) {
      if (line.startsWith(name + "{") || line.startsWith(name + " ")) {
        sum += Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
      }
    }
    return sum;
  }

  private String get(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    try (HttpClient client =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
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
