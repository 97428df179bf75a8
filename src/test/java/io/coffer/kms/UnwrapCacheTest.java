package io.coffer.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.crypto.UnsealFailure;
import io.coffer.secret.SecretFields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class UnwrapCacheTest extends KeysTest {

  private static final Duration MAX_AGE = Duration.ofMinutes(15);
  private static final Duration REFRESH = Duration.ofMinutes(10);
  private static final Duration STALE = Duration.ofHours(1);

  @Test
  void makesOneCallForTwoHundredParallelMisses() {
    Sealed sealed = seal(sealing(), binding());
    Sealing reader = sealing();
    kms.holdBack();
    List<CompletableFuture<SecretFields>> answers = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      answers.add(reader.open(binding(), sealed.bytes()).subscribeAsCompletionStage());
    }
    awaitCalls(KmsOperation.UNWRAP, 1);
    kms.letGo();
    answers.forEach(
        answer -> {
          try (SecretFields fields = answer.join()) {
            assertThat(fields.find("password").orElseThrow().revealText()).isEqualTo("hunter2");
          }
        });
    assertThat(kms.calls(KmsOperation.UNWRAP)).isEqualTo(1);
  }

  @Test
  void refreshesAKeyInUseEarlyWithoutLettingAnybodyWait() {
    Sealed sealed = seal(sealing(), binding());
    Sealing reader = sealing();
    open(reader, binding(), sealed);
    pass(REFRESH);
    kms.holdBack();
    assertThat(open(reader, binding(), sealed)).isEqualTo("hunter2");
    awaitCalls(KmsOperation.UNWRAP, 2);
    kms.letGo();
    pass(REFRESH.minusMinutes(1));
    open(reader, binding(), sealed);
    assertThat(kms.calls(KmsOperation.UNWRAP)).isEqualTo(2);
  }

  @Test
  void refreshesAMuchUsedKeyEarlyWithoutLettingAnybodyWait() {
    Sealed sealed = seal(sealing(), binding());
    Sealing reader = sealing("cache.max-uses", "8");
    for (int i = 0; i < 6; i++) {
      open(reader, binding(), sealed);
    }
    assertThat(kms.calls(KmsOperation.UNWRAP)).isEqualTo(1);
    kms.holdBack();
    assertThat(open(reader, binding(), sealed)).isEqualTo("hunter2");
    awaitCalls(KmsOperation.UNWRAP, 2);
    kms.letGo();
  }

  @Test
  void asksAgainForAKeyBeyondItsAge() {
    Sealed sealed = seal(sealing(), binding());
    Sealing reader = sealing();
    open(reader, binding(), sealed);
    pass(MAX_AGE);
    open(reader, binding(), sealed);
    assertThat(kms.calls(KmsOperation.UNWRAP)).isEqualTo(2);
  }

  @Test
  void asksAgainAfterTooManyUses() {
    Sealed sealed = seal(sealing(), binding());
    Sealing reader = sealing("cache.max-uses", "8");
    for (int i = 0; i < 80; i++) {
      open(reader, binding(), sealed);
    }
    assertThat(kms.calls(KmsOperation.UNWRAP)).isBetween(10, 14);
  }

  @Test
  void goesOnWithWarmKeysDuringAnOutageAndThenSaysSo() {
    Sealed sealed = seal(sealing(), binding());
    Sealing reader = sealing();
    open(reader, binding(), sealed);
    kms.cutOff();
    for (Duration age = Duration.ZERO; age.compareTo(MAX_AGE.plus(STALE)) < 0; ) {
      assertThat(open(reader, binding(), sealed)).isEqualTo("hunter2");
      pass(Duration.ofMinutes(1));
      age = age.plusMinutes(1);
    }
    assertThatThrownBy(() -> open(reader, binding(), sealed))
        .isInstanceOf(KeyFailure.TooStale.class);
    kms.comeBack();
    pass(Duration.ofSeconds(5));
    assertThat(open(reader, binding(), sealed)).isEqualTo("hunter2");
  }

  @Test
  void goesOnWithAKeyThatWasIdleWhenTheOutageBegan() {
    Sealed sealed = seal(sealing(), binding());
    Sealing reader = sealing();
    open(reader, binding(), sealed);
    kms.cutOff();
    pass(MAX_AGE.plusMinutes(30));
    assertThat(open(reader, binding(), sealed)).isEqualTo("hunter2");
  }

  @Test
  void failsAColdReadDuringAnOutageWithATypedFailure() {
    Sealed sealed = seal(sealing(), binding());
    kms.cutOff();
    assertThatThrownBy(() -> open(sealing(), binding(), sealed))
        .isInstanceOfSatisfying(
            KmsFailure.class,
            failure -> assertThat(KmsProblems.problem(failure).status()).isEqualTo(503));
  }

  @Test
  void stopsAtTheAgeBoundWhenTheKeyWasDisabled() {
    Sealed sealed = seal(sealing(), binding());
    Sealing reader = sealing();
    open(reader, binding(), sealed);
    kms.failWith(() -> new KmsFailure.KeyDisabled(KmsOperation.UNWRAP, "by the test"));
    pass(REFRESH);
    assertThat(open(reader, binding(), sealed)).isEqualTo("hunter2");
    pass(MAX_AGE.minus(REFRESH));
    assertThatThrownBy(() -> open(reader, binding(), sealed))
        .isInstanceOf(KmsFailure.KeyDisabled.class);
  }

  @Test
  void forgetsADestroyedKeyAtTheNextRefresh() {
    Sealing strict = sealing("reuse", "none", "stock", "1");
    Sealed sealed = seal(strict, binding());
    Sealing reader = sealing();
    open(reader, binding(), sealed);
    assertThat(await(strict.destroyKeyOf(sealed.bytes()))).isTrue();
    pass(MAX_AGE);
    assertThatThrownBy(() -> open(reader, binding(), sealed))
        .isInstanceOf(UnsealFailure.UnknownDataKey.class);
  }

  @Test
  void holdsABoundedNumberOfKeysAndWipesTheOthers() {
    DataKeys keys = replica(java.util.Map.of("coffer.keys.cache.max-keys", "10"));
    Sealing reader = sealing(keys);
    List<HeldKey> seen = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      UUID other = UUID.randomUUID();
      Sealed sealed = seal(sealing(), binding(other));
      open(reader, binding(other), sealed);
      await(keys.cache().use(sealed.dataKeyId(), seen::add));
    }
    assertThat(keys.cache().size()).isLessThanOrEqualTo(10);
    assertThat(seen).filteredOn(HeldKey::isWiped).hasSizeGreaterThanOrEqualTo(20);
    keys.cache().clear();
    assertThat(keys.cache().size()).isZero();
    assertThat(seen).hasSize(30).allMatch(HeldKey::isWiped);
  }

  @Test
  void doesNotTakeAKeyAwayFromAUseUnderWay() {
    DataKeys keys = replica(java.util.Map.of());
    Sealed sealed = seal(sealing(), binding());
    List<Boolean> wipedDuringUse = new ArrayList<>();
    HeldKey used =
        await(
            keys.cache()
                .use(
                    sealed.dataKeyId(),
                    key -> {
                      keys.cache().clear();
                      wipedDuringUse.add(key.isWiped());
                      return key;
                    }));
    assertThat(wipedDuringUse).containsExactly(false);
    assertThat(used.isWiped()).isTrue();
  }

  @Test
  void refusesToWaitForTooManyKeysAtOnce() {
    List<Sealed> sealed = new ArrayList<>();
    List<UUID> organizations = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      organizations.add(UUID.randomUUID());
      sealed.add(seal(sealing(), binding(organizations.get(i))));
    }
    Sealing reader = sealing("cache.max-loads", "2");
    kms.holdBack();
    List<CompletableFuture<SecretFields>> waiting = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      waiting.add(
          reader
              .open(binding(organizations.get(i)), sealed.get(i).bytes())
              .subscribeAsCompletionStage());
    }
    assertThatThrownBy(() -> open(reader, binding(organizations.get(2)), sealed.get(2)))
        .isInstanceOf(KeyFailure.Busy.class);
    awaitCalls(KmsOperation.UNWRAP, 2);
    kms.letGo();
    waiting.forEach(answer -> answer.join().close());
    assertThat(open(reader, binding(organizations.get(2)), sealed.get(2))).isEqualTo("hunter2");
  }

  @Test
  void countsHitsAndMissesAndShowsTheSize() {
    Sealed sealed = seal(sealing(), binding());
    Sealing reader = sealing();
    open(reader, binding(), sealed);
    open(reader, binding(), sealed);
    assertThat(registry.counter(KeyMetrics.CACHE, "result", "miss").count()).isEqualTo(1);
    assertThat(registry.counter(KeyMetrics.CACHE, "result", "hit").count()).isEqualTo(1);
    assertThat(registry.find(KeyMetrics.CACHE_SIZE).gauge()).isNotNull();
  }
}
