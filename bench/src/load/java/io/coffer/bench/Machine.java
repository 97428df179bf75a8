package io.coffer.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where it was measured.
 *
 * @param processor its model
 * @param cores how many of them are there for us
 * @param memoryGigabytes main memory
 * @param java the runtime
 */
record Machine(String processor, int cores, long memoryGigabytes, String java) {

  static Machine here() {
    return new Machine(
        after("/proc/cpuinfo", "model name"),
        Runtime.getRuntime().availableProcessors(),
        Long.parseLong(after("/proc/meminfo", "MemTotal").replaceAll("\\D", "")) >> 20,
        System.getProperty("java.vm.version"));
  }

  String line() {
    return "%s, %d cores, %d GiB, Java %s".formatted(processor, cores, memoryGigabytes, java);
  }

  private static String after(String file, String name) {
    try {
      return Files.readAllLines(Path.of(file)).stream()
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("0");
    } catch (IOException e) {
      return "0";
    }
  }
}
