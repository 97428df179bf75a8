package io.coffer.activity;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.coffer.access.AccessEvent;
import io.coffer.access.Actor;
import io.coffer.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ForkJoinPool;

/** One replica's record on a database that other replicas may use as well. */
final class TestWriter implements AutoCloseable {

  static final UUID ORGANIZATION = UUID.fromString("00000000-0000-4000-8000-000000000001");

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final UUID replica = UUID.randomUUID();
  final ActivityConfig config;
  final Outbox outbox;
  final Refusals refusals;
  final ActivityWriter writer;
  final ActivityRecorder recorder;

  private final TestDatabase database;

  private TestWriter(TestDatabase database, Map<String, String> settings) {
    this.database = database;
    Map<String, String> all = new HashMap<>(Map.of("coffer.activity.deadline", "15S"));
    all.putAll(settings);
    config = ActivityTestConfig.with(all);
    outbox = new Outbox(replica, config.outbox().takeOver());
    ActivityMetrics metrics = new ActivityMetrics(meters);
    refusals = new Refusals(config.queue() / 4, metrics);
    writer =
        new ActivityWriter(
            database.vertx().getDelegate(),
            () -> connect(database),
            config,
            Clock.systemUTC(),
            outbox,
            refusals,
            metrics,
            Map.of(),
            ForkJoinPool.commonPool());
    recorder = new ActivityRecorder(writer, outbox, refusals);
  }

  static TestWriter on(TestDatabase database) {
    return on(database, Map.of());
  }

  static TestWriter on(TestDatabase database, Map<String, String> settings) {
    TestWriter made = new TestWriter(database, settings);
    made.writer.start();
    return made;
  }

  private Future<PgConnection> connect(TestDatabase database) {
    PgConnectOptions options = database.address().setCachePreparedStatements(true);
    WriterConnection.session(config.deadline()).forEach(options::addProperty);
    // So that a test can tell this replica's connection from others.
    options.addProperty("application_name", replica.toString());
    return PgConnection.connect(database.vertx().getDelegate(), options);
  }

  /** A use of something by somebody. */
  static AccessEvent use(UUID target) {
    return event("use", target);
  }

  static AccessEvent event(String action, UUID target) {
    return new AccessEvent(
        Instant.now(),
        new Actor("https://issuer.example", "alice", Actor.Kind.PERSON, "alice"),
        ORGANIZATION,
        AccessEvent.Target.credential(target, 1, 1),
        action,
        AccessEvent.Outcome.DONE,
        null,
        new AccessEvent.Origin("request-1", "192.0.2.7", null),
        new TreeMap<>());
  }

  @CanIgnoreReturnValue
  static <T> T await(Uni<T> work) {
    return work.await().atMost(PATIENCE);
  }

  void use() {
    await(recorder.record(use(UUID.randomUUID())));
  }

  /** Uses again and again, as clients do that were refused; the writer needs no help. */
  void useEventually() {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        use();
        return;
      } catch (ActivityFailure failure) {
        if (System.nanoTime() - until > 0) {
          throw failure;
        }
      }
    }
  }

  /** Cuts this replica's connection at the server. */
  void breakConnection() {
    database.run(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = '"
            + replica
            + "'");
  }

  /** Ends as a lost machine does: nothing more is written, what was under way is rolled back. */
  void dieSilently() {
    var unused = writer.stopAtOnce().toCompletionStage().toCompletableFuture().join();
    breakConnection();
  }

  @Override
  public void close() {
    await(Uni.createFrom().completionStage(writer.stop().toCompletionStage()));
  }
}
