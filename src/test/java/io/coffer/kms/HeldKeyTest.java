package io.coffer.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.crypto.DataKey;
import io.coffer.crypto.UnsealFailure;
import io.coffer.secret.SecretValue;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whom an open key works for, and for how long. */
class HeldKeyTest {

  private static final UUID ORGANIZATION = UUID.randomUUID();

  @Test
  void worksForItsOwnOrganizationAndPurposeOnly() {
    HeldKey key = key(ORGANIZATION, KeyPurpose.VALUES);
    assertThat(key.<UUID>use(ORGANIZATION, KeyPurpose.VALUES, DataKey::id)).isEqualTo(key.id());
    assertThatThrownBy(() -> key.<UUID>use(UUID.randomUUID(), KeyPurpose.VALUES, DataKey::id))
        .isInstanceOf(UnsealFailure.ForeignDataKey.class);
    assertThatThrownBy(() -> key.<UUID>use(ORGANIZATION, KeyPurpose.ROWS, DataKey::id))
        .isInstanceOf(UnsealFailure.ForeignDataKey.class);
    HeldKey shared = key(null, KeyPurpose.ROWS);
    assertThatThrownBy(() -> shared.<UUID>use(null, KeyPurpose.CANARY, DataKey::id))
        .isInstanceOf(UnsealFailure.ForeignDataKey.class);
  }

  @Test
  void isWipedWhenTheLastHolderLetsGo() {
    HeldKey key = key(ORGANIZATION, KeyPurpose.VALUES);
    assertThat(key.hold()).isTrue();
    key.release();
    assertThat(key.isWiped()).isFalse();
    key.release();
    assertThat(key.isWiped()).isTrue();
    assertThat(key.hold()).isFalse();
  }

  private static HeldKey key(@Nullable UUID owner, KeyPurpose purpose) {
    try (SecretValue bytes = SecretValue.copyOf(new byte[DataKey.LENGTH])) {
      return new HeldKey(DataKey.of(UUID.randomUUID(), bytes), owner, purpose);
    }
  }
}
