package io.coffer.egress;

import java.util.Set;

/**
 * A range of ports.
 *
 * @param first 1 to 65535
 * @param last at least the first
 */
record Ports(int first, int last) {

  static final int HIGHEST = 65_535;

  private static final int FIRST_UNPRIVILEGED = 1_024;

  /** Services that act on whoever reaches them: files, containers, clusters, caches, secrets. */
  private static final Set<Integer> BLOCKED =
      Set.of(
          2049, 2375, 2376, 2377, 2378, 2379, 2380, 4194, 5000, 6379, 6443, 8200, 8500, 9200, 10250,
          10255, 11211, 27017);

  Ports {
    if (first < 1 || last < first || last > HIGHEST) {
      throw new IllegalArgumentException("ports are 1 to 65535, the lower one first");
    }
  }

  /** Reads {@code 5432} or {@code 5432-5439}. */
  static Ports of(String text) {
    int dash = text.indexOf('-');
    int first = Integer.parseInt(dash < 0 ? text : text.substring(0, dash));
    return new Ports(first, dash < 0 ? first : Integer.parseInt(text.substring(dash + 1)));
  }

  boolean contains(int port) {
    return port >= first && port <= last;
  }

  /** Whether a port may be called that no opening names. */
  static boolean usual(int port, Set<Integer> wellKnown) {
    return wellKnown.contains(port)
        || (port >= FIRST_UNPRIVILEGED && port <= HIGHEST && !BLOCKED.contains(port));
  }

  @Override
  public String toString() {
    return first == last ? Integer.toString(first) : first + "-" + last;
  }
}
