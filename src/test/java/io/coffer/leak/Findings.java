package io.coffer.leak;

import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** What was searched, and where a planted secret stood. */
final class Findings {

  private static final int SHOWN = 400;

  private final Needles needles;
  private final Map<String, String> found = new ConcurrentSkipListMap<>();

  Findings(Needles needles) {
    this.needles = needles;
  }

  /**
   * Searches a text.
   *
   * @param place what the text is, told with the finding; findings of one place count once
   */
  void search(String place, CharSequence text) {
    Set<String> labels = needles.find(text);
    if (!labels.isEmpty()) {
      String shown = text.subSequence(0, Math.min(SHOWN, text.length())).toString();
      found.putIfAbsent(place, labels + " in: " + shown);
    }
  }

  /** Searches what a failure tells of itself, of its causes and of what it suppressed. */
  void searchFailure(String place, Throwable failure) {
    chain(failure)
        .forEach(
            link -> search(place + " (" + link.getClass().getName() + ')', String.valueOf(link)));
  }

  /** Where secrets stood since the last call, with the beginning of the text. */
  Map<String, String> take() {
    Map<String, String> taken = Map.copyOf(found);
    taken.keySet().forEach(found::remove);
    return taken;
  }

  /** Where secrets stood. */
  Set<String> places() {
    return new TreeSet<>(found.keySet());
  }

  private static Collection<Throwable> chain(Throwable failure) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    collect(failure, seen);
    return seen;
  }

  private static void collect(@Nullable Throwable failure, Set<Throwable> seen) {
    if (failure != null && seen.add(failure)) {
      collect(failure.getCause(), seen);
      for (Throwable suppressed : failure.getSuppressed()) {
        collect(suppressed, seen);
      }
    }
  }
}
