package io.coffer.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a process writes, kept line by line; waiters are woken by the line they wait for. */
public final class ProcessLog {

  private final List<String> lines = new ArrayList<>();
  private boolean ended;

  private ProcessLog() {}

  /** Reads all that the process writes until it ends. */
  public static ProcessLog of(Process process) {
    ProcessLog log = new ProcessLog();
    var unused = Thread.ofVirtual().start(() -> log.read(process));
    return log;
  }

  /** All lines so far. */
  public synchronized List<String> lines() {
    return List.copyOf(lines);
  }

  /**
   * The first match in a line that was or will be written.
   *
   * @throws IllegalStateException with the last lines if the process ends, or the time does
   */
  public synchronized Matcher await(Pattern pattern, Duration atMost) {
    long deadline = System.nanoTime() + atMost.toNanos();
    int next = 0;
    while (true) {
      for (; next < lines.size(); next++) {
        Matcher matcher = pattern.matcher(lines.get(next));
        if (matcher.find()) {
          return matcher;
        }
      }
      long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
      if (ended || left <= 0) {
        throw new IllegalStateException(
            "no line with '" + pattern + "' but:\n" + String.join("\n", tail()));
      }
      pause(left);
    }
  }

  private List<String> tail() {
    return lines.subList(Math.max(0, lines.size() - 40), lines.size());
  }

  private void pause(long millis) {
    try {
      wait(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void read(Process process) {
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        add(line);
      }
    } catch (IOException killed) {
      // The output of a process that is killed breaks off.
      add("(the output broke off)");
    } finally {
      end();
    }
  }

  private synchronized void add(String line) {
    lines.add(line);
    notifyAll();
  }

  private synchronized void end() {
    ended = true;
    notifyAll();
  }
}
