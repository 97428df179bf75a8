package io.coffer.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.coffer.kms.KeyRef;
import io.coffer.kms.KeysTest;
import io.coffer.kms.KmsFailure;
import io.coffer.kms.KmsOperation;
import io.coffer.kms.Sealed;
import io.coffer.kms.Sealing;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RewrapJobTest extends KeysTest {

  private final JobStore store = new JobStore(database.pool());
  private final KeyRef to = kms.key("new");

  @BeforeEach
  void emptyTables() {
    database.run("delete from job");
    database.run("delete from data_key");
  }

  @Test
  void anOrderThatCannotBeRecordedIsNoOrder() {
    JsonObject parameters = new RewrapOrder(kek, kms.key("never-moved-to"), false).stored();
    Uni<Optional<Job>> order =
        store.create(
            RewrapWork.KIND,
            parameters,
            0,
            "tests",
            (_, _) -> Uni.createFrom().failure(new IllegalStateException("no record")));
    assertThatThrownBy(() -> await(order)).hasMessage("no record");
    assertThat(
            await(store.newest(RewrapWork.KIND, 100)).stream()
                .filter(job -> job.parameters().equals(parameters)))
        .isEmpty();
  }

  @Test
  void movesEveryDataKeyAndTheValuesStillOpen() {
    List<Sealed> sealed = values(50);
    Job job = order(false);
    await(runner().workAll());
    Job done = find(job);
    assertThat(done.state()).isEqualTo(Job.State.DONE);
    assertThat(done.done()).isGreaterThanOrEqualTo(50);
    assertThat(done.failed()).isZero();
    assertThat(await(rewrapping().count(kek))).isZero();
    Sealing reader = sealing();
    sealed.forEach(one -> assertThat(open(reader, binding(), one)).isEqualTo("hunter2"));
  }

  @Test
  void movesNothingInADryRunButSaysWhatWouldFail() {
    List<Sealed> sealed = values(10);
    damage(sealed.get(3));
    long before = await(rewrapping().count(kek));
    Job job = order(true);
    await(runner().workAll());
    assertThat(find(job).done()).isEqualTo(before - 1);
    assertThat(find(job).failed()).isEqualTo(1);
    assertThat(await(rewrapping().count(kek))).isEqualTo(before);
    assertThat(await(rewrapping().count(to))).isZero();
  }

  @Test
  void listsWhatItCouldNotDoAndDoesTheRest() {
    List<Sealed> sealed = values(25);
    damage(sealed.get(7));
    Job job = order(false);
    await(runner().workAll());
    assertThat(find(job).state()).isEqualTo(Job.State.DONE);
    assertThat(await(store.failures(job.id(), 10)))
        .isEqualTo(Map.of(sealed.get(7).dataKeyId(), "corrupt"));
    assertThat(await(rewrapping().count(kek))).isEqualTo(1);
  }

  @Test
  void isResumedByAnotherReplicaAfterTheFirstOneDied() {
    values(60);
    Job job = order(false);
    AtomicInteger steps = new AtomicInteger();
    // A process that is killed answers no more: after two steps nothing ever completes.
    JobRunner killed =
        runner(
            "1ms",
            _ ->
                steps.incrementAndGet() < 2
                    ? Uni.createFrom().voidItem()
                    : Uni.createFrom().nothing());
    killed.workAll().subscribe().with(_ -> {});
    awaitUntil(() -> steps.get() == 2);
    Job half = find(job);
    assertThat(half.done()).isEqualTo(40);
    assertThat(half.state()).isEqualTo(Job.State.RUNNING);

    JobRunner heir = runner();
    awaitUntil(
        () -> {
          await(heir.workAll());
          return find(job).state() == Job.State.DONE;
        });
    assertThat(await(rewrapping().count(kek))).isZero();
    assertThat(find(job).done()).isEqualTo(find(job).total());
  }

  @Test
  void isNotWorkedOnByTwoReplicasAtOnce() {
    values(30);
    Job job = order(false);
    JobRunner first = runner("60s", _ -> Uni.createFrom().nothing());
    first.workAll().subscribe().with(_ -> {});
    awaitUntil(() -> find(job).done() > 0);
    long before = find(job).done();
    await(runner().workAll());
    assertThat(find(job).done()).isEqualTo(before);
  }

  @Test
  void losesNothingWhenItsLeaseRanOutWhileItWorked() {
    values(30);
    Job job = order(false);
    List<Runnable> held = new ArrayList<>();
    JobRunner slow =
        runner("1ms", _ -> Uni.createFrom().<Void>emitter(e -> held.add(() -> e.complete(null))));
    slow.workAll().subscribe().with(_ -> {});
    awaitUntil(() -> !held.isEmpty());
    JobRunner heir = runner();
    awaitUntil(
        () -> {
          await(heir.workAll());
          return find(job).state() == Job.State.DONE;
        });
    held.getFirst().run();
    assertThat(find(job).state()).isEqualTo(Job.State.DONE);
    assertThat(await(rewrapping().count(kek))).isZero();
  }

  @Test
  void restsDuringAnOutageAndGoesOnAtTheSamePlace() {
    values(10);
    Job job = order(false);
    kms.cutOff();
    await(runner().workAll());
    assertThat(find(job).state()).isEqualTo(Job.State.WAITING);
    assertThat(find(job).waitsFor()).isEqualTo("unavailable");
    assertThat(find(job).failed()).isZero();
    kms.comeBack();
    JobRunner runner = runner();
    awaitUntil(
        () -> {
          await(runner.workAll());
          return find(job).state() == Job.State.DONE;
        });
    assertThat(await(rewrapping().count(kek))).isZero();
  }

  @Test
  void findsKeysThatWereMadeWhileItRan() {
    values(5);
    Job job = order(false);
    AtomicInteger steps = new AtomicInteger();
    JobRunner runner =
        runner(
            "60s",
            _ -> {
              return steps.incrementAndGet() > 1
                  ? Uni.createFrom().voidItem()
                  : Uni.createFrom()
                      .item(() -> values(5))
                      .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                      .replaceWithVoid();
            });
    await(runner.workAll());
    assertThat(find(job).state()).isEqualTo(Job.State.DONE);
    assertThat(await(rewrapping().count(kek))).isZero();
  }

  @Test
  void keepsToItsRate() {
    values(20);
    order(false);
    List<Duration> rests = new ArrayList<>();
    JobRunner runner =
        runner(
            "60s",
            rest -> {
              rests.add(rest);
              return Uni.createFrom().voidItem();
            });
    await(runner.workAll());
    assertThat(rests.stream().mapToLong(Duration::toMillis).sum()).isGreaterThanOrEqualTo(1_000);
  }

  @Test
  void refusesASecondRewrapAtTheSameTime() {
    values(1);
    KeyRewraps rewraps =
        new KeyRewraps(rewrapping(), store, runner("60s", _ -> Uni.createFrom().nothing()));
    Job first = order(false);
    assertThatThrownBy(() -> await(rewraps.order(kek, to, false, "me", RewrapJobTest::nothing)))
        .isInstanceOfSatisfying(
            JobFailure.UnderWay.class,
            failure -> assertThat(failure.other()).isEqualTo(first.id()));
  }

  @Test
  void refusesAKeyToMoveToThatDoesNotWork() {
    KeyRewraps rewraps = new KeyRewraps(rewrapping(), store, runner());
    assertThatThrownBy(
            () ->
                await(
                    rewraps.order(
                        kek, new KeyRef("memory", "missing"), false, "me", RewrapJobTest::nothing)))
        .isInstanceOf(JobFailure.Unfit.class);
    assertThatThrownBy(() -> await(rewraps.order(kek, kek, false, "me", RewrapJobTest::nothing)))
        .isInstanceOf(JobFailure.Unfit.class);
    kms.failWith(() -> new KmsFailure.Unavailable(KmsOperation.DESCRIBE, "by the test"));
    assertThatThrownBy(() -> await(rewraps.order(kek, to, false, "me", RewrapJobTest::nothing)))
        .isInstanceOf(KmsFailure.Unavailable.class);
  }

  @CanIgnoreReturnValue
  private List<Sealed> values(int count) {
    long before = rows();
    Sealing strict = sealing("reuse", "none", "stock", "1");
    List<Sealed> sealed = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sealed.add(seal(strict, binding()));
    }
    // One is made ahead in the background: the tests count.
    awaitUntil(() -> rows() == before + count + 1);
    return sealed;
  }

  private static Uni<Void> nothing(SqlClient transaction, Job job) {
    return Uni.createFrom().voidItem();
  }

  private static long rows() {
    return database.count("select count(*) from data_key");
  }

  @CanIgnoreReturnValue
  private Job order(boolean dryRun) {
    long total = await(rewrapping().count(kek));
    return await(
            store.create(
                RewrapWork.KIND,
                new RewrapOrder(kek, to, dryRun).stored(),
                total,
                "tests",
                RewrapJobTest::nothing))
        .orElseThrow();
  }

  private Job find(Job job) {
    return await(store.find(job.id())).orElseThrow();
  }

  private JobRunner runner() {
    return runner("60s", _ -> Uni.createFrom().voidItem());
  }

  private JobRunner runner(String lease, Function<Duration, Uni<Void>> timer) {
    return new JobRunner(
        store, List.of(new RewrapWork(rewrapping(), 20)), JobsTestConfig.withLease(lease), timer);
  }

  private static void damage(Sealed sealed) {
    UUID id = sealed.dataKeyId();
    database.run("update data_key set wrapped = '\\x0102' where id = '" + id + "'");
  }
}
