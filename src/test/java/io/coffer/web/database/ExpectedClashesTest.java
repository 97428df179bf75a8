package io.coffer.web.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.credential.Api;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.handlers.ConsoleHandler;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ExpectedClashesTest {

  private static final String LIBRARY = "org.hibernate.orm.jdbc.error";

  /** Keeps what the console would show. */
  private static final class Shown extends Handler {
    private final List<String> messages = new ArrayList<>();

    @Override
    public synchronized void publish(LogRecord record) {
      if (isShown(record) && record.getLoggerName().startsWith("org.hibernate")) {
        messages.add(ExtLogRecord.wrap(record).getFormattedMessage());
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @Test
  void logsNothingOfANameThatIsTaken() {
    Api admin = Api.as("alice", Api.newOrganization(), "admin");
    Map<String, ?> body = Map.of("name", "twice", "type", "api_key", "value", "0123456789");
    admin.create(body).statusCode(201);
    Shown shown = new Shown();
    Logger root = Logger.getLogger("");
    root.addHandler(shown);
    try {
      admin.create(body).statusCode(409);
    } finally {
      root.removeHandler(shown);
    }
    assertThat(shown.messages).isEmpty();
  }

  @Test
  void keepsEverythingElse() {
    assertThat(isShown(record(LIBRARY, "HHH000247: ErrorCode: 0, SQLState: 23505"))).isFalse();
    assertThat(isShown(record(LIBRARY, "HHH000247: ErrorCode: 0, SQLState: 08006"))).isTrue();
    assertThat(isShown(record(LIBRARY, "ERROR: deadlock detected (40P01)"))).isTrue();
    assertThat(isShown(record("io.coffer.x", "SQLState: 23505"))).isTrue();
  }

  private static LogRecord record(String logger, String message) {
    ExtLogRecord record = new ExtLogRecord(Level.WARN, message, "x");
    record.setLoggerName(logger);
    return record;
  }

  private static boolean isShown(LogRecord record) {
    return Arrays.stream(Logger.getLogger("").getHandlers())
        .flatMap(ExpectedClashesTest::withNested)
        .filter(ConsoleHandler.class::isInstance)
        .allMatch(handler -> handler.getFilter() == null || handler.isLoggable(record));
  }

  private static Stream<Handler> withNested(Handler handler) {
    return handler instanceof ExtHandler outer
        ? Stream.concat(
            Stream.of(outer),
            Arrays.stream(outer.getHandlers()).flatMap(ExpectedClashesTest::withNested))
        : Stream.of(handler);
  }
}
