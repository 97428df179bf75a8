package io.coffer.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Selection by configuration, the proof at start, and the watch. */
class KmsProvidersTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final KmsFailure DENIED = new KmsFailure.Denied(KmsOperation.DESCRIBE, "Code");

  private final ManualScheduler scheduler = new ManualScheduler();
  private final KmsHealth health = new KmsHealth(Clock.systemUTC());
  private final ScriptedKms scripted = new ScriptedKms();
  private int opened;

  @Test
  void refusesToStartWithoutAProvider() {
    assertThatThrownBy(() -> providers(Map.of()).defaultKey())
        .isInstanceOf(KmsSetupFailure.class)
        .hasMessageStartingWith("coffer.kms.provider: is not set")
        .hasMessageContaining("scripted");
  }

  @Test
  void refusesToStartWithoutAKey() {
    assertThatThrownBy(() -> providers(Map.of("coffer.kms.provider", "scripted")).defaultKey())
        .isInstanceOf(KmsSetupFailure.class)
        .hasMessageStartingWith("coffer.kms.key-id: is not set");
  }

  @Test
  void refusesToStartWithAProviderThatNobodyKnows() {
    KmsProviders providers = providers(configured("coffer.kms.also", "nowhere"));
    assertThatThrownBy(providers::openAll)
        .isInstanceOf(KmsSetupFailure.class)
        .hasMessageContaining("nowhere");
  }

  @Test
  void opensAProviderOnce() {
    KmsProviders providers = providers(configured());
    providers.openAll();
    assertThat(providers.of(ScriptedKms.KEY)).isSameAs(providers.of(ScriptedKms.KEY));
    assertThat(opened).isEqualTo(1);
  }

  @Test
  void failsEveryCallToAProviderThatIsNotConfigured() {
    Kms absent = providers(Map.of()).of(ScriptedKms.KEY);
    KeyContext context = new KeyContext(null, new java.util.UUID(0, 1), KeyPurpose.ROWS);
    byte[] blob = {1};
    for (var call :
        Stream.of(
                absent.describe(ScriptedKms.KEY),
                absent.generate(ScriptedKms.KEY, context),
                absent.unwrap(ScriptedKms.KEY, blob, context),
                absent.rewrap(ScriptedKms.KEY, blob, ScriptedKms.KEY, context))
            .toList()) {
      assertThatThrownBy(() -> call.await().atMost(PATIENCE))
          .isInstanceOf(KmsFailure.Misconfigured.class)
          .hasMessageContaining("not configured");
    }
    assertThat(opened).isZero();
  }

  @Test
  void looksAtTheKeyAgainAndAgain() {
    KmsProviders providers = providers(configured());
    KmsConfig.Watch config = KmsTestConfig.with(Map.of()).watch();
    health.defaultKey(null);
    KmsWatch watch = new KmsWatch(providers, health, config, scheduler);
    watch.start(new io.quarkus.runtime.StartupEvent());

    scripted.answers(new KeyDescription(ScriptedKms.KEY, KeyDescription.State.DISABLED));
    scheduler.advance(Duration.ofSeconds(30));
    assertThat(health.state().reason()).isEqualTo("key_disabled");

    scripted.fails(DENIED);
    scheduler.advance(Duration.ofSeconds(5));
    assertThat(health.state().reason()).isEqualTo("denied");

    scripted.answers(ScriptedKms.GOOD);
    scheduler.advance(Duration.ofSeconds(5));
    assertThat(health.state().up()).isTrue();
    assertThat(scripted.calls()).isEqualTo(3);

    watch.stop(new io.quarkus.runtime.ShutdownEvent());
    assertThat(scheduler.waiting()).isZero();
  }

  @Test
  void namesPropertyAndMendWhenTheKeyIsRefused() {
    scripted.fails(DENIED);
    KmsStart start =
        new KmsStart(
            providers(configured()),
            health,
            config(configured()),
            KmsTestConfig.allowing(Set.of()));
    assertThatThrownBy(() -> start.prove(new io.quarkus.runtime.StartupEvent()))
        .isInstanceOf(KmsSetupFailure.class)
        .hasMessage(
            "coffer.kms.key-id: KMS describe failed: Code."
                + " Allow this identity to describe, generate, encrypt and decrypt.");
    assertThat(health.state().up()).isFalse();
  }

  @Test
  void startsWithoutAKeyWhereThatIsAllowedByName() {
    Map<String, String> keyless = Map.of("coffer.kms.provider", "scripted");
    KmsAllowances allowed = KmsTestConfig.allowing(Set.of("missing-kms-key"));
    KmsStart start = new KmsStart(providers(keyless), health, config(keyless), allowed);
    start.prove(new io.quarkus.runtime.StartupEvent());
    assertThat(health.state().up()).isTrue();
    assertThat(scripted.calls()).isZero();
  }

  @Test
  void everyKindOfFailureHasAMendAtStart() {
    for (KmsFailure failure : KmsProblemsTest.everyKind()) {
      assertThat(KmsStart.refusal(failure).getMessage()).endsWith(".").contains(failure.detail());
    }
  }

  private KmsProviders providers(Map<String, String> values) {
    KmsConfig config = config(values);
    KmsObserver nobody = (_, _, _, _) -> {};
    KmsStack stack =
        new KmsStack(
            config, nobody, health, scheduler, RandomGenerator.getDefault(), scheduler::nanos);
    KmsAdapter adapter =
        new KmsAdapter() {
          @Override
          public String provider() {
            return "scripted";
          }

          @Override
          public Kms open() {
            opened++;
            return scripted;
          }
        };
    return new KmsProviders(config, Stream.of(adapter), stack);
  }

  private static KmsConfig config(Map<String, String> values) {
    return KmsTestConfig.with(values);
  }

  private static Map<String, String> configured(String... more) {
    Map<String, String> values = new HashMap<>();
    values.put("coffer.kms.provider", "scripted");
    values.put("coffer.kms.key-id", "key");
    for (int i = 0; i < more.length; i += 2) {
      values.put(more[i], more[i + 1]);
    }
    return values;
  }
}
