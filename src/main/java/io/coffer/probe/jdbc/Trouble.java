package io.coffer.probe.jdbc;

import java.sql.SQLException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.SequencedSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One exception of a driver's, with what those know that read it. Its text is looked at where there
 * is nothing else, and never told.
 *
 * @param state SQLSTATE; empty if there is none
 * @param code the vendor's; 0 if there is none
 * @param exception the exception itself
 * @param tls what the log-in wanted of TLS
 * @param database whether a database was named
 */
record Trouble(String state, int code, SQLException exception, SessionTls tls, boolean database) {

  private static final int MOST = 16;

  /** What of a failure, its causes and companions a driver's table can be asked about. */
  static SequencedSet<Throwable> all(Throwable failure) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    SequencedSet<Throwable> found = new LinkedHashSet<>();
    collect(failure, seen, found);
    return found;
  }

  private static void collect(
      @Nullable Throwable failure, Set<Throwable> seen, SequencedSet<Throwable> found) {
    if (failure == null || found.size() >= MOST || !seen.add(failure)) {
      return;
    }
    found.add(failure);
    collect(failure.getCause(), seen, found);
    if (failure instanceof SQLException sql) {
      collect(sql.getNextException(), seen, found);
    }
    for (Throwable suppressed : failure.getSuppressed()) {
      collect(suppressed, seen, found);
    }
  }

  static Trouble of(SQLException exception, SessionTls tls, boolean database) {
    String state = exception.getSQLState();
    return new Trouble(
        state == null ? "" : state, exception.getErrorCode(), exception, tls, database);
  }

  boolean says(String words) {
    return String.valueOf(exception.getMessage()).toLowerCase(Locale.ROOT).contains(words);
  }

  /** Without the driver's text. */
  @Override
  public String toString() {
    return "Trouble[" + state + ' ' + code + ']';
  }
}
