package io.coffer.leak;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.LogContext;
import org.jboss.logmanager.Logger;

/** Searches every log record of every logger as it is written; keeps none. */
final class CapturedLogs extends Handler implements AutoCloseable {

  /**
   * Tells at every turn of a request the seven methods that led there, for which it walks through
   * the whole stack. After so many searched ones it is quiet: a fifth of all time went there.
   */
  private static final String CONTEXTS = "io.quarkus.arc.requestContext";

  private static final int CONTEXTS_SEARCHED = 10_000;

  /** Those that configuration may give a level of their own, and the root. */
  private static final List<String> RAISED =
      List.of(
          "",
          "io.coffer",
          "io.netty",
          "io.quarkus",
          "io.smallrye",
          "io.vertx",
          "org.hibernate",
          "org.jboss.resteasy",
          CONTEXTS);

  private static final String NO_CONTEXT = "{} ";

  private final Findings findings;
  private final Map<String, Optional<Level>> levels = new HashMap<>();
  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

  private CapturedLogs(Findings findings) {
    this.findings = findings;
    setLevel(Level.ALL);
  }

  /** Listens from now on, down to TRACE, until it is closed. */
  static CapturedLogs into(Findings findings) {
    CapturedLogs logs = new CapturedLogs(findings);
    LogContext.getLogContext().getLogger("").addHandler(logs);
    for (String name : RAISED) {
      Logger logger = LogContext.getLogContext().getLogger(name);
      logs.levels.put(name, Optional.ofNullable(logger.getLevel()));
      logger.setLevel(org.jboss.logmanager.Level.TRACE);
    }
    return logs;
  }

  @Override
  public void publish(LogRecord record) {
    String logger = String.valueOf(record.getLoggerName());
    counts.computeIfAbsent(logger + ' ' + record.getLevel(), _ -> new LongAdder()).increment();
    if (logger.equals(CONTEXTS)) {
      quieten(count(CONTEXTS, "TRACE"));
    }
    String place = "log of " + logger;
    ExtLogRecord extended = ExtLogRecord.wrap(record);
    String formatted = String.valueOf(extended.getFormattedMessage());
    findings.search(place, formatted);
    String message = String.valueOf(record.getMessage());
    if (!message.equals(formatted)) {
      findings.search(place, message);
    }
    if (record.getParameters() != null) {
      findings.search(place + " (parameters)", Arrays.deepToString(record.getParameters()));
    }
    String context = extended.getMdcCopy() + " " + extended.getNdc();
    if (!context.equals(NO_CONTEXT)) {
      findings.search(place + " (context)", context);
    }
    if (record.getThrown() != null) {
      findings.searchFailure(place, record.getThrown());
    }
  }

  private static void quieten(long searched) {
    if (searched >= CONTEXTS_SEARCHED) {
      LogContext.getLogContext().getLogger(CONTEXTS).setLevel(org.jboss.logmanager.Level.DEBUG);
    }
  }

  /** How many records the loggers below this name wrote at this level. */
  long count(String name, String level) {
    return counts.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(name) && entry.getKey().endsWith(' ' + level))
        .mapToLong(entry -> entry.getValue().sum())
        .sum();
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    levels.forEach(
        (name, level) -> LogContext.getLogContext().getLogger(name).setLevel(level.orElse(null)));
    LogContext.getLogContext().getLogger("").removeHandler(this);
  }
}
