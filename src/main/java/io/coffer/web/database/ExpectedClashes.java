package io.coffer.web.database;

import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;

/**
 * Keeps the clash of two unique values out of the log: it is answered to the client, who sent a
 * name or a key twice, and is no trouble of the database. All else that the library warns of stays.
 */
@LoggingFilter(name = "expected-clashes")
public final class ExpectedClashes implements Filter {

  private static final String LOGGER = "org.hibernate.orm.jdbc.error";

  /** The SQL state of a unique violation (SQL:2016, class 23; PostgreSQL, appendix A). */
  private static final String UNIQUE_VIOLATION = "23505";

  @Override
  public boolean isLoggable(LogRecord record) {
    if (!LOGGER.equals(record.getLoggerName())) {
      return true;
    }
    String message =
        record instanceof ExtLogRecord formatted
            ? formatted.getFormattedMessage()
            : record.getMessage();
    return message == null
        || !(message.endsWith("SQLState: " + UNIQUE_VIOLATION)
            || message.contains("(" + UNIQUE_VIOLATION + ")"));
  }
}
