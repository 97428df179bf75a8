package io.coffer.kms;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.coffer.crypto.PlainDigest;
import io.coffer.secret.Binding;
import io.coffer.secret.SecretFields;
import io.coffer.secret.SecretValue;
import io.coffer.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** What the tests of data keys share: a real database, a service that can be cut off, a clock. */
public abstract class KeysTest {

  protected static final Duration PATIENCE = Duration.ofSeconds(20);

  protected static TestDatabase database;

  protected final MemoryKms kms = new MemoryKms();
  protected final KeyRef kek = kms.key("default-" + UUID.randomUUID());
  protected final UUID organization = UUID.randomUUID();
  protected final AtomicLong nanos = new AtomicLong(1_000_000_000L);
  protected final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<DataKeys> replicas = new ArrayList<>();

  @BeforeAll
  protected static void createDatabase() {
    database = TestDatabase.create();
  }

  @AfterAll
  protected static void closeDatabase() {
    database.close();
  }

  @AfterEach
  protected void wipe() {
    replicas.forEach(DataKeys::close);
  }

  /** The service that holds a key. */
  protected Kms service(KeyRef key) {
    return kms;
  }

  /** What wraps data keys where nothing else is said. */
  protected KeyRef defaultKey() {
    return kek;
  }

  /** One process with memory of its own. */
  DataKeys replica(Map<String, String> settings) {
    KeysConfig config = KeysTestConfig.with(settings);
    DataKeyStore store = new DataKeyStore(database.pool());
    DataKeys keys =
        new DataKeys(
            this::service,
            store,
            new Keks(
                this::defaultKey, Keks.parse(config.organizations()), store::keyOfOrganization),
            config,
            clock(),
            nanos::get,
            new KeyMetrics(registry));
    replicas.add(keys);
    return keys;
  }

  Sealing sealing(DataKeys keys) {
    return new Sealing(keys, new KeyMetrics(registry));
  }

  protected Sealing sealing(String... settings) {
    Map<String, String> map = new HashMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      map.put("coffer.keys." + settings[i], settings[i + 1]);
    }
    return sealing(replica(map));
  }

  protected void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  /** The wall clock moves with the ticker. */
  Clock clock() {
    Instant start = Instant.parse("2026-01-01T00:00:00Z");
    return new Clock() {
      @Override
      public java.time.ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(java.time.ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return start.plusNanos(nanos.get());
      }
    };
  }

  protected Binding binding() {
    return binding(organization);
  }

  protected static Binding binding(UUID organization) {
    return new Binding(
        Binding.Kind.CREDENTIAL,
        organization,
        new UUID(1, 2),
        1,
        new UUID(3, 4),
        PlainDigest.of(Map.of("host", "db.example.org")));
  }

  @CanIgnoreReturnValue
  protected static Sealed seal(Sealing sealing, Binding binding) {
    return seal(sealing, binding, "hunter2");
  }

  @CanIgnoreReturnValue
  protected static Sealed seal(Sealing sealing, Binding binding, String text) {
    try (SecretFields fields = SecretFields.of(Map.of("password", SecretValue.ofText(text)))) {
      return await(sealing.seal(binding, fields));
    }
  }

  @CanIgnoreReturnValue
  protected static String open(Sealing sealing, Binding binding, Sealed sealed) {
    try (SecretFields fields = await(sealing.open(binding, sealed.bytes()))) {
      return fields.find("password").orElseThrow().revealText();
    }
  }

  @CanIgnoreReturnValue
  protected static <T> T await(Uni<T> uni) {
    return uni.await().atMost(PATIENCE);
  }

  protected void awaitCalls(KmsOperation operation, int count) {
    awaitUntil(() -> kms.calls(operation) >= count);
  }

  /** Waits for what another thread does, without a fixed pause. */
  protected static void awaitUntil(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("it did not happen in time");
      }
      Thread.onSpinWait();
    }
  }

  protected Rewrapping rewrapping() {
    return new Rewrapping(
        this::service, new DataKeyStore(database.pool()), new KekStore(database.pool()));
  }
}
