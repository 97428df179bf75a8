package io.coffer.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.crypto.Envelope;
import io.coffer.crypto.UnsealFailure;
import io.coffer.secret.Binding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SealingTest extends KeysTest {

  @Test
  void opensWhatItSealed() {
    Sealing sealing = sealing();
    Sealed sealed = seal(sealing, binding());
    assertThat(sealed.dataKeyId()).isEqualTo(Envelope.dataKeyId(sealed.bytes()));
    assertThat(open(sealing, binding(), sealed)).isEqualTo("hunter2");
  }

  @Test
  void opensOnAnotherReplica() {
    Sealed sealed = seal(sealing(), binding());
    assertThat(open(sealing(), binding(), sealed)).isEqualTo("hunter2");
  }

  @Test
  void makesFewerThanTenCallsForTenThousandUsesOfAThousandCredentials() {
    Sealing writer = sealing();
    List<Sealed> sealed = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      sealed.add(seal(writer, binding(), "value " + i));
    }
    Sealing reader = sealing();
    for (int use = 0; use < 10_000; use++) {
      int i = use % 1_000;
      assertThat(open(reader, binding(), sealed.get(i))).isEqualTo("value " + i);
    }
    assertThat(kms.calls()).isLessThan(10);
  }

  @Test
  void answersAtOnceOnTheCallersThreadOnceWarm() {
    Sealing sealing = sealing();
    Sealed sealed = seal(sealing, binding());
    Thread caller = Thread.currentThread();
    List<Thread> answered = new ArrayList<>();
    sealing
        .open(binding(), sealed.bytes())
        .subscribe()
        .with(
            fields -> {
              fields.close();
              answered.add(Thread.currentThread());
            });
    assertThat(answered).containsExactly(caller);
    assertThat(kms.calls(KmsOperation.UNWRAP)).isZero();
  }

  @Test
  void refusesAndCountsAValueOfAnotherOrganization() {
    Sealing sealing = sealing();
    Sealed sealed = seal(sealing, binding());
    assertThatThrownBy(() -> open(sealing, binding(UUID.randomUUID()), sealed))
        .isInstanceOf(UnsealFailure.ForeignDataKey.class);
    assertThat(registry.counter(KeyMetrics.UNSEAL_FAILURES, "kind", "foreign_data_key").count())
        .isEqualTo(1);
  }

  @Test
  void namesADataKeyThatDoesNotExist() {
    Sealing sealing = sealing();
    byte[] bytes = seal(sealing, binding()).bytes();
    bytes[5] ^= 1;
    assertThatThrownBy(() -> await(sealing.open(binding(), bytes)))
        .isInstanceOf(UnsealFailure.UnknownDataKey.class);
  }

  @Test
  void refusesAnObjectsValueOnAnotherObject() {
    Sealing sealing = sealing();
    Sealed sealed = seal(sealing, binding());
    Binding own = binding();
    Binding other =
        new Binding(
            own.kind(), own.organization(), UUID.randomUUID(), 1, own.type(), own.plainDigest());
    assertThatThrownBy(() -> open(sealing, other, sealed))
        .isInstanceOf(UnsealFailure.NotCommitted.class);
  }

  @Test
  void keepsEveryOrganizationUnderKeysOfItsOwn() {
    Sealing sealing = sealing();
    List<UUID> keys =
        IntStream.range(0, 5)
            .mapToObj(_ -> seal(sealing, binding(UUID.randomUUID())).dataKeyId())
            .toList();
    assertThat(keys).doesNotHaveDuplicates();
  }

  @Test
  void doesNotOpenADataKeyThatWasMovedToAnotherOrganizationInTheDatabase() {
    Sealed sealed = seal(sealing(), binding());
    UUID thief = UUID.randomUUID();
    database.run(
        "update data_key set organization = '%s' where id = '%s'"
            .formatted(thief, sealed.dataKeyId()));
    assertThatThrownBy(() -> open(sealing(), binding(thief), sealed))
        .isInstanceOf(KmsFailure.Corrupt.class);
  }

  @Test
  void usesAnOrganizationsOwnKeyFromConfiguration() {
    KeyRef own = kms.key("acme");
    Sealing sealing = sealing("organizations." + organization, MemoryKms.PROVIDER + ":acme");
    Sealed sealed = seal(sealing, binding());
    assertThat(kekOf(sealed)).isEqualTo(own.keyId());
    assertThat(kekOf(seal(sealing, binding(UUID.randomUUID())))).isEqualTo(kek.keyId());
    assertThat(open(sealing, binding(), sealed)).isEqualTo("hunter2");
  }

  @Test
  void usesTheKeyThatAnOrganizationsRowNames() {
    KeyRef ofRow = kms.key("of-row");
    database.run(
        "insert into organization (id, slug, name, kek_provider, kek_key_id)"
            + " values ('%s', '%s', 'Acme', 'memory', 'of-row')"
                .formatted(organization, "o" + organization));
    assertThat(kekOf(seal(sealing(), binding()))).isEqualTo(ofRow.keyId());
  }

  @Test
  void destroysTheKeyOfAPurgedValueInStrictModeOnly() {
    Sealing strict = sealing("reuse", "none", "stock", "1");
    Sealed alone = seal(strict, binding());
    assertThat(await(strict.destroyKeyOf(alone.bytes()))).isTrue();
    assertThatThrownBy(() -> open(strict, binding(), alone))
        .isInstanceOf(UnsealFailure.UnknownDataKey.class);
    assertThatThrownBy(() -> open(sealing(), binding(), alone))
        .isInstanceOf(UnsealFailure.UnknownDataKey.class);

    Sealing shared = sealing();
    Sealed among = seal(shared, binding());
    int before = kms.calls(KmsOperation.UNWRAP);
    assertThat(await(shared.destroyKeyOf(among.bytes()))).isFalse();
    assertThat(open(shared, binding(), among)).isEqualTo("hunter2");
    assertThat(kms.calls(KmsOperation.UNWRAP)).as("the key stays in memory").isEqualTo(before);
  }

  @Test
  void neverTakesAKeyOfManyValuesForOneOfASingleValue() {
    Sealing sealing = sealing("reserve", "1");
    Sealed first = seal(sealing, binding());
    assertThat(await(sealing.destroyKeyOf(first.bytes()))).isFalse();
    assertThat(open(sealing, binding(), first)).isEqualTo("hunter2");
  }

  @Test
  void sealsEveryValueUnderItsOwnKeyInStrictMode() {
    Sealing strict = sealing("reuse", "none", "stock", "4");
    List<UUID> keys =
        IntStream.range(0, 20).mapToObj(_ -> seal(strict, binding()).dataKeyId()).toList();
    assertThat(keys).doesNotHaveDuplicates();
  }

  @Test
  void asksForAFreshKeyAfterADay() {
    Sealing sealing = sealing();
    UUID first = seal(sealing, binding()).dataKeyId();
    pass(Duration.ofHours(23));
    assertThat(seal(sealing, binding()).dataKeyId()).isEqualTo(first);
    pass(Duration.ofHours(2));
    assertThat(seal(sealing, binding()).dataKeyId()).isNotEqualTo(first);
  }

  private static String kekOf(Sealed sealed) {
    return database
        .pool()
        .query("select kek_key_id from data_key where id = '" + sealed.dataKeyId() + "'")
        .executeAndAwait()
        .iterator()
        .next()
        .getString(0);
  }
}
