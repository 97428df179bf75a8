package io.coffer.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * What a process and its children have cost, as Linux counts it (proc(5)).
 *
 * @param pid the process
 */
record ProcessCost(long pid) {

  /** USER_HZ, which is 100 on every Linux that has a JDK. */
  private static final double TICKS = 100.0;

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofMillis(10);

  /** Seconds of CPU so far, those of ended children included. */
  double cpuSeconds() {
    return Stream.concat(
            Stream.of(pid),
            ProcessHandle.of(pid).stream()
                .flatMap(ProcessHandle::descendants)
                .map(ProcessHandle::pid))
        .mapToDouble(ProcessCost::ticks)
        .sum()
        / TICKS;
  }

  /** How many processes there are below it. */
  long processes() {
    return ProcessHandle.of(pid).stream().flatMap(ProcessHandle::descendants).count();
  }

  /** Waits until no more processes than so many are below it, for five seconds at most. */
  void awaitProcesses(long most) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (processes() > most && System.nanoTime() < end) {
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  /** Megabytes of memory in use now. */
  double residentMegabytes() {
    return number(read(pid, "status"), "VmRSS:") / 1024.0;
  }

  private static double ticks(long process) {
    String stat = read(process, "stat");
    if (stat.isEmpty()) {
      return 0;
    }
    // The name in parentheses may hold spaces.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    double own = Double.parseDouble(fields[11]) + Double.parseDouble(fields[12]);
    return own + Double.parseDouble(fields[13]) + Double.parseDouble(fields[14]);
  }

  private static double number(String text, String name) {
    int from = text.indexOf(name) + name.length();
    return Double.parseDouble(text.substring(from, text.indexOf("kB", from)).strip());
  }

  private static String read(long process, String file) {
    Path path = Path.of("/proc", Long.toString(process), file);
    try {
      return Files.exists(path) ? Files.readString(path) : "";
    } catch (IOException e) {
      if (!Files.exists(path)) {
        return "";
      }
      throw new UncheckedIOException(e);
    }
  }
}
