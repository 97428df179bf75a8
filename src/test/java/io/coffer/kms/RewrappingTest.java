package io.coffer.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RewrappingTest extends KeysTest {

  @Test
  void movesADataKeyWithinAProviderAndItsValuesStillOpen() {
    KeyRef to = kms.key("new");
    Sealed sealed = seal(sealing(), binding());
    await(rewrapping().rewrap(sealed.dataKeyId(), kek, to, false));
    assertThat(kms.calls(KmsOperation.REWRAP)).isEqualTo(1);
    assertThat(idsUnder(to)).contains(sealed.dataKeyId());
    assertThat(idsUnder(kek)).doesNotContain(sealed.dataKeyId());
    assertThat(open(sealing(), binding(), sealed)).isEqualTo("hunter2");
  }

  @Test
  void movesADataKeyBetweenProviders() {
    KeyRef to = kms.key("other-provider", "key");
    Sealed sealed = seal(sealing(), binding());
    await(rewrapping().rewrap(sealed.dataKeyId(), kek, to, false));
    assertThat(kms.calls(KmsOperation.REWRAP)).isZero();
    assertThat(idsUnder(to)).contains(sealed.dataKeyId());
    assertThat(open(sealing(), binding(), sealed)).isEqualTo("hunter2");
  }

  @Test
  void storesNothingInADryRun() {
    KeyRef to = kms.key("new");
    Sealed sealed = seal(sealing(), binding());
    await(rewrapping().rewrap(sealed.dataKeyId(), kek, to, true));
    assertThat(kms.calls(KmsOperation.REWRAP)).isEqualTo(1);
    assertThat(idsUnder(kek)).contains(sealed.dataKeyId());
  }

  @Test
  void leavesAKeyAloneThatIsNotUnderTheOldOne() {
    Sealed sealed = seal(sealing(), binding());
    int before = kms.calls(KmsOperation.UNWRAP);
    await(rewrapping().rewrap(sealed.dataKeyId(), kms.key("elsewhere"), kms.key("new"), false));
    await(rewrapping().rewrap(UUID.randomUUID(), kek, kms.key("new"), false));
    assertThat(kms.calls(KmsOperation.UNWRAP)).isEqualTo(before);
    assertThat(idsUnder(kek)).contains(sealed.dataKeyId());
  }

  @Test
  void storesNothingIfTheProviderAnswersWithAnotherKey() {
    KeyRef to = kms.key("new");
    Sealed sealed = seal(sealing(), binding());
    kms.swapBytesOnRewrap();
    assertThatThrownBy(() -> await(rewrapping().rewrap(sealed.dataKeyId(), kek, to, false)))
        .isInstanceOf(RewrapFailure.Changed.class);
    assertThat(idsUnder(kek)).contains(sealed.dataKeyId());
  }

  @Test
  void namesADamagedDataKey() {
    Sealed sealed = seal(sealing(), binding());
    database.run("update data_key set wrapped = '\\x0102' where id = '" + sealed.dataKeyId() + "'");
    assertThatThrownBy(
            () -> await(rewrapping().rewrap(sealed.dataKeyId(), kek, kms.key("new"), false)))
        .isInstanceOf(KmsFailure.Corrupt.class);
  }

  @Test
  void countsDataKeysByTheKeyThatWrapsThem() {
    KeyRef to = kms.key("counted");
    Sealed sealed = seal(sealing(), binding());
    await(rewrapping().rewrap(sealed.dataKeyId(), kek, to, false));
    assertThat(await(rewrapping().overview())).contains(new KekUse(to, 1));
    assertThat(await(rewrapping().count(to))).isEqualTo(1);
    assertThat(await(rewrapping().count(new KeyRef("memory", "unused")))).isZero();
  }

  private List<UUID> idsUnder(KeyRef key) {
    return await(rewrapping().under(key, null, Set.of(), 1_000));
  }
}
