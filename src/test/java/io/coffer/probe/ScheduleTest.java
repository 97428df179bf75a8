package io.coffer.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.coffer.access.Recorder;
import io.coffer.credential.Api;
import io.coffer.credential.Probeables;
import io.coffer.probe.Provider.Says;
import io.coffer.testing.Parallel;
import io.coffer.type.FieldValidator;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Checks that nobody asks for, by two replicas that share a database. */
@QuarkusTest
@TestProfile(ScheduleTest.OnSchedule.class)
class ScheduleTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** On, but for the clockwork: rounds begin when a test says so. */
  public static class OnSchedule implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "coffer.probes.schedule.enabled", "true",
          "coffer.probes.schedule.poll", "1h",
          "coffer.probes.schedule.batch", "7");
    }
  }

  @Inject DueCredentials due;
  @Inject Probeables credentials;
  @Inject ProbeKinds kinds;
  @Inject FieldValidator validator;
  @Inject VerdictStore store;
  @Inject Recorder recorder;
  @Inject ProbesConfig config;
  @Inject Clock clock;
  @Inject Pool database;
  @Inject ProbeClockwork clockwork;
  @Inject MeterRegistry metrics;

  private final Provider provider = new Provider();
  private final Api admin = Api.as("admin", Api.newOrganization(), "admin");
  private final ProbeApi api = new ProbeApi(admin, provider);

  @BeforeEach
  void begin() {
    // What other tests left is not due.
    database
        .query("update credential set next_check_at = now() + interval '1 day'")
        .executeAndAwait();
  }

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  void checksWhatIsDueOnceWithTwoReplicas() {
    List<String> keys = Stream.generate(ProbeApi::newKey).limit(40).toList();
    keys.forEach(key -> provider.says(key, Says.YES));
    List<String> ids = keys.stream().map(this::created).toList();
    makeDue();
    List<ScheduledChecks> replicas = List.of(replica(), replica());
    var done =
        Parallel.together(
            replicas,
            replica -> {
              replica.round().await().atMost(PATIENCE);
              return true;
            });
    assertThat(done).hasSize(2);
    assertThat(keys.stream().map(provider::calls)).containsOnly(1);
    for (String id : ids) {
      api.read(id).body("is_valid", equalTo(true)).body("validation.next_check_at", notNullValue());
      api.history(id).body("items.cause", contains("schedule"));
    }
  }

  @Test
  void leavesAloneWhatAnotherReplicaIsTakingOn() {
    UUID locked = UUID.fromString(created(ProbeApi.newKey()));
    UUID free = UUID.fromString(created(ProbeApi.newKey()));
    makeDue();
    List<UUID> claimed =
        database
            .withTransaction(
                other ->
                    other
                        .preparedQuery("select 1 from credential where id = $1 for update")
                        .execute(Tuple.of(locked))
                        .chain(() -> due.claim(kinds.probed(), Duration.ofHours(1), 10)))
            .map(rows -> rows.stream().map(row -> row.getUUID("id")).toList())
            .await()
            .atMost(PATIENCE);
    assertThat(claimed).containsExactly(free);
  }

  @Test
  void sendsNothingOfWhichThereIsNoRecord() {
    String key = ProbeApi.newKey();
    provider.says(key, Says.YES);
    String id = created(key);
    makeDue();
    Recorder full =
        (Recorder)
            Proxy.newProxyInstance(
                Recorder.class.getClassLoader(),
                new Class<?>[] {Recorder.class},
                (_, _, _) -> Uni.createFrom().failure(new IllegalStateException("full")));
    replica(full).round().await().atMost(PATIENCE);
    assertThat(provider.calls(key)).isZero();
    api.read(id)
        .body("validation.verdict", equalTo("not_probed"))
        .body("validation.next_check_at", notNullValue());
  }

  @Test
  void putsNewCredentialsOnTheSchedule() {
    String key = ProbeApi.newKey();
    String id = created(key);
    replica().round().await().atMost(PATIENCE);
    Instant next = Instant.parse(api.read(id).extract().path("validation.next_check_at"));
    assertThat(next).isBefore(Instant.now().plus(config.schedule().again()));
  }

  @Test
  void doesWhatAReplicaLeftThatDied() {
    String key = ProbeApi.newKey();
    provider.says(key, Says.YES);
    String id = created(key);
    makeDue();
    assertThat(due.claim(kinds.probed(), Duration.ofHours(1), 10).await().atMost(PATIENCE))
        .isNotEmpty();
    replica().round().await().atMost(PATIENCE);
    assertThat(provider.calls(key)).isZero();
    makeDue();
    replica().round().await().atMost(PATIENCE);
    api.read(id).body("is_valid", equalTo(true));
  }

  @Test
  void comesBackWhenTheProviderSaysSo() {
    String key = ProbeApi.newKey();
    provider.says(key, new Says(429, "slow", Map.of("Retry-After", "7200")));
    String id = created(key);
    String second = created(ProbeApi.newKey());
    makeDue();
    ScheduledChecks replica = replica();
    replica.round().await().atMost(PATIENCE);
    Instant next = Instant.parse(api.read(id).extract().path("validation.next_check_at"));
    assertThat(next).isAfter(Instant.now().plusSeconds(7000));
    // The same organization leaves the host alone with its other credentials.
    makeDue();
    int before = provider.calls(key);
    replica.round().await().atMost(PATIENCE);
    assertThat(provider.calls(key)).isEqualTo(before);
    Instant later = Instant.parse(api.read(second).extract().path("validation.next_check_at"));
    assertThat(later).isAfter(Instant.now().plusSeconds(6000));
  }

  @Test
  void tellsDashboardsHowThingsStand() {
    String key = ProbeApi.newKey();
    provider.says(key, Says.YES);
    String id = created(key);
    database
        .query(
            "update credential set next_check_at = now() - interval '90 s' where id = '" + id + "'")
        .executeAndAwait();
    clockwork.count().await().atMost(PATIENCE);
    assertThat(clockwork.oldestDue()).isGreaterThan(89);
    assertThat(
            metrics
                .get("coffer.probe.credentials")
                .tag("type", LoopbackKinds.SCHEDULED)
                .tag("verdict", "not_probed")
                .gauge()
                .value())
        .isPositive();
  }

  @Test
  void forgetsOldVerdicts() {
    String key = ProbeApi.newKey();
    provider.says(key, Says.YES);
    String id = created(key);
    api.validate(id).statusCode(200);
    database
        .query(
            "update validation set checked_at = now() - interval '91 d' where credential = '"
                + id
                + "'")
        .executeAndAwait();
    clockwork.forget().await().atMost(PATIENCE);
    api.history(id).body("items.size()", equalTo(0));
    api.read(id).body("is_valid", equalTo(true));
  }

  private void makeDue() {
    UUID type = kinds.probed().getFirst();
    database
        .query(
            "update credential set next_check_at = now() - interval '1 s' where type = '"
                + type
                + "' and plain::text like '%"
                + provider.url()
                + "%'")
        .executeAndAwait();
  }

  private String created(String key) {
    return admin
        .create(
            Map.of(
                "name",
                "it " + UUID.randomUUID(),
                "type",
                LoopbackKinds.SCHEDULED,
                "fields",
                Map.of("url", provider.url(), "token", key, "api_version", "v1")))
        .statusCode(201)
        .extract()
        .path("id");
  }

  /** With permits, memory and budgets of its own, as another process has them. */
  private ScheduledChecks replica() {
    return replica(recorder);
  }

  private ScheduledChecks replica(Recorder records) {
    ProbeRunner runner =
        new ProbeRunner(
            kinds,
            new ContentKey(),
            validator,
            new ProbeMetrics(new SimpleMeterRegistry()),
            new SimpleMeterRegistry(),
            config,
            clock);
    Checks checks = new Checks(credentials, runner, store, records, clock);
    return new ScheduledChecks(due, credentials, checks, runner, kinds, config, clock);
  }
}
