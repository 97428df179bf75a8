package io.coffer.activity;

import io.coffer.activity.verify.Report;
import io.coffer.activity.verify.Verification;
import io.coffer.kms.RowTags;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
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
