package io.coffer.activity;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.access.AccessEvent;
import io.coffer.activity.verify.Report;
import io.coffer.activity.verify.Tags;
import io.coffer.activity.verify.Verification;
import io.coffer.testing.TestDatabase;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several replicas on one database, of which one is held up or dies. */
class ReplicasTest {

  private static final Map<String, String> PATIENT =
      Map.of(
          "coffer.activity.deadline", "30S",
          "coffer.activity.outbox.poll", "50MS",
          "coffer.activity.outbox.take-over", "200MS");

  private final TestDatabase database = TestDatabase.create();

  @AfterEach
  void closeDatabase() {
    database.close();
  }

  @Test
  void oneThatIsHeldUpInAFlushHoldsUpNobodyElseAndLosesNothing() {
    try (TestWriter held = TestWriter.on(database, PATIENT);
        TestWriter other = TestWriter.on(database, PATIENT)) {
      held.use();
      UUID target = UUID.randomUUID();
      CompletableFuture<Void> waiting;
      try (HeldUp ignored = HeldUp.at(database, held)) {
        waiting = held.recorder.record(TestWriter.use(target)).subscribeAsCompletionStage();
        ignored.awaitWaiting();
        other.use();
        assertThat(waiting).isNotDone();
      }
      waiting.join();
      assertThat(countOf(target)).isEqualTo(1);
    }
    assertIntact();
  }

  @Test
  void oneThatIsHeldUpInALinkLinksOnceWhenItGoesOn() {
    try (TestWriter held = TestWriter.on(database, PATIENT);
        TestWriter other = TestWriter.on(database, PATIENT)) {
      held.use();
      List<UUID> targets;
      try (HeldUp ignored = HeldUp.at(database, held)) {
        targets = changes(held, 20);
        ignored.awaitWaiting();
        // The other one looks again and again, and may take over what is old enough.
        for (int i = 0; i < 20; i++) {
          other.use();
        }
      }
      awaitEmptyOutbox();
      assertThat(targets).allSatisfy(target -> assertThat(countOf(target)).isEqualTo(1));
    }
    assertIntact();
  }

  @Test
  void oneThatDiesInALinkLeavesItsChangesToTheOthers() {
    TestWriter dying = TestWriter.on(database, PATIENT);
    try (TestWriter other = TestWriter.on(database, PATIENT)) {
      dying.use();
      List<UUID> targets;
      try (HeldUp held = HeldUp.at(database, dying)) {
        targets = changes(dying, 20);
        held.awaitWaiting();
        dying.dieSilently();
      }
      awaitEmptyOutbox();
      assertThat(targets).allSatisfy(target -> assertThat(countOf(target)).isEqualTo(1));
      assertThat(
              database.count(
                  "select count(*) from activity where action = 'change' and writer = '"
                      + other.writer.durable().writer()
                      + "'"))
          .isEqualTo(20);
    }
    assertIntact();
  }

  @Test
  void whatADeadReplicaLeftInTheOutboxIsLinkedByTheNext() {
    Outbox dead = new Outbox(UUID.randomUUID(), Duration.ofSeconds(10));
    UUID target = UUID.randomUUID();
    TestWriter.await(
        database
            .pool()
            .withTransaction(
                transaction ->
                    dead.put(transaction, EventContent.of(TestWriter.event("change", target)))));
    try (TestWriter next = TestWriter.on(database, PATIENT)) {
      awaitEmptyOutbox();
      assertThat(countOf(target)).isEqualTo(1);
      assertThat(next.writer.failingSince()).isZero();
    }
    assertIntact();
  }

  @Test
  void aChangeThatIsRolledBackLeavesNothing() {
    try (TestWriter replica = TestWriter.on(database, PATIENT)) {
      SqlConnection connection = database.pool().getConnectionAndAwait();
      connection.query("begin").executeAndAwait();
      UUID target = UUID.randomUUID();
      TestWriter.await(replica.recorder.enlist(connection, TestWriter.event("change", target)));
      connection.query("rollback").executeAndAwait();
      connection.closeAndAwait();
      replica.use();
      awaitEmptyOutbox();
      assertThat(countOf(target)).isZero();
    }
    assertIntact();
  }

  @Test
  void aGroupThatIsCommittedAfterItsReplicaGaveItUpIsAccepted() {
    try (TestWriter replica = TestWriter.on(database)) {
      replica.use();
      ChainHead before = replica.writer.durable();
      LinkedGroup late =
          LinkedGroup.link(
              before,
              List.of(EventContent.of(TestWriter.use(UUID.randomUUID()))),
              Math.max(before.time(), EventContent.micros(Instant.now())),
              new Hashes());
      replica.breakConnection();
      replica.useEventually();
      Uni<Void> committed =
          Uni.createFrom()
              .completionStage(
                  () ->
                      database
                          .pool()
                          .getDelegate()
                          .preparedQuery(late.sql())
                          .execute(late.parameters())
                          .toCompletionStage())
              .replaceWithVoid();
      TestWriter.await(committed);
    }
    assertIntact();
  }

  @Test
  void anUnreadableRowOfTheOutboxKeepsNobodyFromBeingRecorded() {
    try (TestWriter replica = TestWriter.on(database, PATIENT)) {
      database.run(
          "insert into activity_outbox (id, replica, created_at, event) values"
              + " (gen_random_uuid(), gen_random_uuid(), now() - interval '1 hour', '\\x00')");
      awaitEmptyOutbox();
      replica.use();
    }
    assertThat(database.count("select count(*) from activity where action = 'outbox_unreadable'"))
        .isEqualTo(1);
  }

  private List<UUID> changes(TestWriter replica, int count) {
    List<UUID> targets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      UUID target = UUID.randomUUID();
      AccessEvent change = TestWriter.event("change", target);
      TestWriter.await(
          database
              .pool()
              .withTransaction(transaction -> replica.recorder.enlist(transaction, change)));
      targets.add(target);
    }
    return targets;
  }

  private void awaitEmptyOutbox() {
    long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (database.count("select count(*) from activity_outbox") > 0) {
      assertThat(System.nanoTime()).as("the outbox is emptied").isLessThan(until);
    }
  }

  private long countOf(UUID target) {
    return database.count("select count(*) from activity where target_id = '" + target + "'");
  }

  private void assertIntact() {
    try (Connection connection = database.jdbc()) {
      Report report = new Verification(Tags.UNCHECKED, () -> true).run(connection);
      assertThat(report.findings()).isEmpty();
      assertThat(report.complete()).isTrue();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Holds a replica up in the middle of its next insert, and it alone. */
  private record HeldUp(TestDatabase database, SqlConnection connection, UUID replica)
      implements AutoCloseable {

    static HeldUp at(TestDatabase database, TestWriter replica) {
      SqlConnection connection = database.pool().getConnectionAndAwait();
      connection.query("begin").executeAndAwait();
      // A row in its next place, not committed: whoever wants that place waits.
      connection
          .query(
              "insert into activity (writer, month, time, sequence, id, hash, happened_at, action,"
                  + " outcome) select writer, month, time, sequence + 1, id, hash, happened_at,"
                  + " action, outcome from activity where writer = '"
                  + replica.writer.durable().writer()
                  + "' order by sequence desc limit 1")
          .executeAndAwait();
      return new HeldUp(database, connection, replica.replica);
    }

    void awaitWaiting() {
      long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      String sql =
          "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
              + " and application_name = '"
              + replica
              + "'";
      while (database.count(sql) == 0) {
        assertThat(System.nanoTime()).as("the replica is held up").isLessThan(until);
      }
    }

    @Override
    public void close() {
      connection.query("rollback").executeAndAwait();
      connection.closeAndAwait();
    }
  }
}
