package io.coffer.activity;

import io.coffer.activity.verify.Report;
import io.coffer.activity.verify.Verification;
import io.coffer.kms.RowTags;
import io.coffer.web.HttpConfig;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

/** Verifies the record of the running application, once at a time, off the event loop. */
@ApplicationScoped
class VerifyService {

  private static final Duration PATIENCE_WITH_KEYS = Duration.ofSeconds(10);

  private final DataSource database;
  private final RowTags tags;
  private final ActivityConfig config;
  private final AtomicBoolean busy = new AtomicBoolean();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  VerifyService(DataSource database, RowTags tags, ActivityConfig config) {
    this.database = database;
    this.tags = tags;
    this.config = config;
  }

  void check(@Observes StartupEvent start, HttpConfig http) {
    requireShorter(config.verifyDeadline(), http.deadline());
  }

  /** A verification that may take as long as its request never says what it found. */
  static void requireShorter(Duration verification, Duration request) {
    if (verification.compareTo(request) >= 0) {
      throw new IllegalStateException(
          "coffer.activity.verify-deadline is "
              + verification.toMillis()
              + " ms and coffer.http.deadline "
              + request.toMillis()
              + " ms: a verification must end before its request does, so set the first to less than"
              + " the second");
    }
  }

  /**
   * Verifies as far as the time allows.
   *
   * @return fails with {@link ActivityFailure.VerifyBusy} if one is under way here
   */
  Uni<Report> run() {
    return Uni.createFrom()
        .deferred(
            () -> {
              if (!busy.compareAndSet(false, true)) {
                return Uni.createFrom().failure(new ActivityFailure.VerifyBusy());
              }
              return Uni.createFrom()
                  .item(this::verify)
                  .runSubscriptionOn(threads)
                  .onTermination()
                  .invoke(() -> busy.set(false));
            });
  }

  private Report verify() {
    long until = System.nanoTime() + config.verifyDeadline().toNanos();
    KeyTags keyed = new KeyTags(tags, PATIENCE_WITH_KEYS);
    try (Connection connection = database.getConnection()) {
      return new Verification(keyed, () -> System.nanoTime() - until < 0).run(connection);
    } catch (SQLException e) {
      throw new DatabaseUnreadable(e);
    }
  }

  /** The cause's class and state tell whether it is worth a retry; its message is not shown. */
  private static final class DatabaseUnreadable extends RuntimeException {
    private static final long serialVersionUID = 1;

    DatabaseUnreadable(SQLException cause) {
      super("the record cannot be read", cause);
    }
  }
}
