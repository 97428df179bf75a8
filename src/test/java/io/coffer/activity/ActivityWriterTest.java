package io.coffer.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.testing.TestDatabase;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A replica's chain, written in groups. */
class ActivityWriterTest {

  private static final Map<String, String> HASTY = Map.of("coffer.activity.deadline", "1S");

  private final TestDatabase database = TestDatabase.create();

  @AfterEach
  void closeDatabase() {
    database.close();
  }

  @Test
  void whatIsRecordedIsThereWhenTheCallerGoesOn() {
    try (TestWriter replica = TestWriter.on(database)) {
      UUID target = UUID.randomUUID();
      TestWriter.await(replica.recorder.record(TestWriter.use(target)));
      assertThat(database.count("select count(*) from activity where target_id = '" + target + "'"))
          .isEqualTo(1);
    }
  }

  @Test
  void aChainBeginsWithItsStartAndHasNoGap() {
    try (TestWriter replica = TestWriter.on(database)) {
      replica.use();
      replica.use();
    }
    assertThat(database.count("select count(*) from activity where action = 'chain_started'"))
        .isEqualTo(1);
    assertThat(database.count("select max(sequence) from activity")).isEqualTo(3);
    assertThat(database.count("select count(*) from activity")).isEqualTo(3);
  }

  @Test
  void manyAtOnceNeedFewCommits() {
    try (TestWriter replica = TestWriter.on(database)) {
      replica.use();
      int many = 3000;
      List<Uni<Void>> uses =
          IntStream.range(0, many)
              .mapToObj(_ -> replica.recorder.record(TestWriter.use(UUID.randomUUID())))
              .toList();
      var unused = TestWriter.await(Uni.join().all(uses).andFailFast());
      assertThat(database.count("select count(*) from activity where action = 'use'"))
          .isEqualTo(many + 1);
      assertThat(replica.meters.timer("coffer.activity.flush.duration").count())
          .isLessThan(many / 8);
    }
  }

  @Test
  void aFullQueueRefusesAtOnce() {
    try (TestWriter replica =
        TestWriter.on(
            database, Map.of("coffer.activity.queue", "10", "coffer.activity.deadline", "20S"))) {
      replica.use();
      try (Lock ignored = Lock.on(database)) {
        List<Throwable> failures = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
          replica
              .recorder
              .record(TestWriter.use(UUID.randomUUID()))
              .subscribe()
              .with(_ -> {}, failures::add);
        }
        assertThat(failures)
            .hasSizeGreaterThanOrEqualTo(10)
            .allMatch(it -> it instanceof ActivityFailure.QueueFull);
      }
    }
  }

  @Test
  void aCommitThatHangsFailsItsCallersInTimeAndTheNextOnesAreRecordedAgain() {
    try (TestWriter replica = TestWriter.on(database, HASTY)) {
      replica.use();
      try (Lock ignored = Lock.on(database)) {
        long start = System.nanoTime();
        assertThatThrownBy(replica::use).isInstanceOf(ActivityFailure.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
            .isBetween(Duration.ofMillis(900), Duration.ofMillis(2500));
        awaitFailing(replica);
      }
      replica.useEventually();
      assertThat(replica.writer.failingSince()).isZero();
    }
    assertThat(
            database.count(
                "select count(*) from activity where action = 'chain_started'"
                    + " and details like '%after_sequence=2%'"))
        .isPositive();
  }

  @Test
  void aTableThatIsAwayFailsUsesUntilItIsBack() {
    try (TestWriter replica = TestWriter.on(database, HASTY)) {
      replica.use();
      database.run("alter table activity rename to away");
      assertThatThrownBy(replica::use).isInstanceOf(ActivityFailure.NotCommitted.class);
      assertThatThrownBy(replica::use).isInstanceOf(ActivityFailure.class);
      database.run("alter table away rename to activity");
      replica.useEventually();
    }
  }

  @Test
  void aConnectionThatIsCutCostsOneGroupAtMost() {
    try (TestWriter replica = TestWriter.on(database)) {
      replica.use();
      replica.breakConnection();
      replica.useEventually();
    }
    assertThat(database.count("select count(distinct writer) from activity")).isEqualTo(2);
  }

  @Test
  void aMissingPartIsMadeAgain() {
    try (TestWriter replica = TestWriter.on(database)) {
      replica.use();
      database.run(
          "do $$ declare part text; begin for part in select inhrelid::regclass from pg_inherits"
              + " where inhparent = 'activity'::regclass loop execute 'drop table ' || part;"
              + " end loop; end $$");
      replica.useEventually();
    }
    assertThat(
            database.count(
                "select count(*) from pg_inherits where inhparent = 'activity'::regclass"))
        .isEqualTo(2);
  }

  /** The callers hear of it first. */
  private static void awaitFailing(TestWriter replica) {
    long until = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (replica.writer.failingSince() == 0) {
      assertThat(System.nanoTime()).as("the writer gives up").isLessThan(until);
    }
  }

  /** Keeps every writer waiting, as a stuck disk would. */
  private record Lock(SqlConnection connection) implements AutoCloseable {

    static Lock on(TestDatabase database) {
      SqlConnection connection = database.pool().getConnectionAndAwait();
      connection.query("begin").executeAndAwait();
      connection.query("lock table activity in access exclusive mode").executeAndAwait();
      return new Lock(connection);
    }

    @Override
    public void close() {
      connection.query("rollback").executeAndAwait();
      connection.closeAndAwait();
    }
  }
}
