package io.coffer.kms.aws.server;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The faults that wait for the next calls, by operation. */
public final class Faults {

  private static final String ANY = "*";

  private final Map<String, Deque<Fault>> waiting = new HashMap<>();

  /** Spoils the next calls of one operation, for example {@code Decrypt}. */
  public synchronized void next(String operation, int count, Fault fault) {
    Deque<Fault> queue = waiting.computeIfAbsent(operation, _ -> new ArrayDeque<>());
    for (int i = 0; i < count; i++) {
      queue.add(fault);
    }
  }

  /** Spoils every call until {@link #clear}. */
  public synchronized void always(Fault fault) {
    waiting.clear();
    waiting.computeIfAbsent(ANY, _ -> new ArrayDeque<>()).add(fault);
  }

  public synchronized void clear() {
    waiting.clear();
  }

  synchronized Optional<Fault> take(String operation) {
    Deque<Fault> any = waiting.get(ANY);
    if (any != null) {
      return Optional.ofNullable(any.peek());
    }
    Deque<Fault> queue = waiting.get(operation);
    return queue == null ? Optional.empty() : Optional.ofNullable(queue.poll());
  }
}
