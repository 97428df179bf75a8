package io.coffer.bench;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What is to be measured, given as {@code name=value}.
 *
 * @param tenants how many organizations
 * @param credentials how many in all
 * @param seconds how long each figure is measured
 * @param warmUpSeconds how long each load runs before
 * @param connections at how many connections each load runs
 * @param only a part of the names of the scenarios to measure; empty: all
 * @param flags of the application's JVM
 * @param results the directory for the results
 * @param commit what was measured
 */
record Options(
    int tenants,
    int credentials,
    int seconds,
    int warmUpSeconds,
    List<Integer> connections,
    String only,
    List<String> flags,
    @JsonIgnore String results,
    String commit) {

  static Options of(String[] arguments) {
    Map<String, String> given = new HashMap<>();
    for (String argument : arguments) {
      int split = argument.indexOf('=');
      if (split < 0) {
        throw new IllegalArgumentException("not of the form name=value: " + argument);
      }
      given.put(argument.substring(0, split), argument.substring(split + 1));
    }
    return new Options(
        Integer.parseInt(given.getOrDefault("tenants", "50")),
        Integer.parseInt(given.getOrDefault("credentials", "100000")),
        Integer.parseInt(given.getOrDefault("seconds", "6")),
        Integer.parseInt(given.getOrDefault("warmup", "3")),
        Stream.of(given.getOrDefault("connections", "1,8,32,64").split(","))
            .map(Integer::valueOf)
            .toList(),
        given.getOrDefault("only", ""),
        List.of(given.getOrDefault("flags", "-Xmx2g -XX:+UseParallelGC").split(" ")),
        given.getOrDefault("results", "bench/results"),
        given.getOrDefault("commit", "unknown"));
  }
}
