package io.coffer.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.secret.Binding;
import io.coffer.secret.SecretValue;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EnvelopeTest {

  private final DataKey key = Samples.key(7);
  private final Binding binding = Samples.binding();

  @Test
  void laysOutTheStoredFormatAsDocumented() {
    byte[] sealed = seal("hunter2");
    assertThat(sealed).hasSize(1 + 16 + 32 + 32 + 12 + "hunter2".length() + 16);
    assertThat(sealed[0]).isEqualTo((byte) 1);
    assertThat(Envelope.dataKeyId(sealed)).isEqualTo(Samples.KEY_ID);
    assertThat(Samples.HEX.formatHex(sealed, 1, 17)).isEqualTo("0190a1b2000070008000000000000001");
  }

  @Test
  void drawsAFreshSaltAndNonceForEverySealing() {
    byte[] first = seal("hunter2");
    byte[] second = seal("hunter2");
    assertThat(part(first, Envelope.SALT_AT, Envelope.COMMITMENT_AT))
        .isNotEqualTo(part(second, Envelope.SALT_AT, Envelope.COMMITMENT_AT));
    assertThat(part(first, Envelope.NONCE_AT, Envelope.CIPHERTEXT_AT))
        .isNotEqualTo(part(second, Envelope.NONCE_AT, Envelope.CIPHERTEXT_AT));
  }

  @Test
  void opensAnEmptyValue() {
    try (SecretValue opened = Envelope.open(key, binding, seal(""))) {
      assertThat(opened.length()).isZero();
    }
  }

  @Test
  void refusesEveryTruncation() {
    byte[] sealed = seal("hunter2");
    for (int length = 0; length < sealed.length; length++) {
      byte[] cut = Arrays.copyOf(sealed, length);
      assertThatThrownBy(() -> Envelope.open(key, binding, cut))
          .isInstanceOfAny(UnsealFailure.WrongLength.class, UnsealFailure.NotAuthentic.class);
    }
  }

  @Test
  void refusesAnImpossiblyLongValueBeforeLookingAtIt() {
    byte[] huge = new byte[Envelope.CIPHERTEXT_AT + Envelope.MAX_PLAINTEXT + 17];
    assertThatThrownBy(() -> Envelope.open(key, binding, huge))
        .isInstanceOf(UnsealFailure.WrongLength.class);
    try (SecretValue tooLong = SecretValue.takeOwnershipOf(new byte[Envelope.MAX_PLAINTEXT + 1])) {
      assertThatThrownBy(() -> Envelope.seal(key, binding, tooLong))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void namesTheFormatThatItDoesNotKnow() {
    byte[] sealed = seal("hunter2");
    sealed[0] = (byte) 200;
    assertThatThrownBy(() -> Envelope.open(key, binding, sealed))
        .isInstanceOf(UnsealFailure.UnknownFormat.class)
        .hasMessageContaining("200");
  }

  @Test
  void refusesAnotherDataKeyByItsId() {
    DataKey other = Samples.key(UUID.randomUUID(), 7);
    assertThatThrownBy(() -> Envelope.open(other, binding, seal("hunter2")))
        .isInstanceOf(UnsealFailure.WrongDataKey.class);
  }

  @Test
  void refusesAnotherDataKeyUnderTheSameId() {
    assertThatThrownBy(() -> Envelope.open(Samples.key(8), binding, seal("hunter2")))
        .isInstanceOf(UnsealFailure.NotCommitted.class);
  }

  @Test
  void refusesAValueWhoseHostWasChangedInTheDatabase() {
    Binding elsewhere = withPlain(Map.of("host", "evil.example.org", "port", 5432L, "tls", true));
    assertThatThrownBy(() -> Envelope.open(key, elsewhere, seal("hunter2")))
        .isInstanceOf(UnsealFailure.NotCommitted.class);
  }

  @Test
  void refusesToWorkWithAClosedKey() {
    byte[] sealed = seal("hunter2");
    key.close();
    assertThat(key.isClosed()).isTrue();
    assertThatThrownBy(() -> Envelope.open(key, binding, sealed))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void saysNothingOfKeysOrValuesInText() {
    byte[] sealed = seal("hunter2");
    sealed[sealed.length - 1] ^= 1;
    assertThatThrownBy(() -> Envelope.open(key, binding, sealed))
        .isInstanceOf(UnsealFailure.NotAuthentic.class)
        .hasMessageNotContaining("hunter2")
        .hasNoCause();
    assertThat(key.toString()).isEqualTo("DataKey[" + Samples.KEY_ID + "]");
  }

  private byte[] seal(String text) {
    try (SecretValue value = Samples.text(text)) {
      return Envelope.seal(key, binding, value);
    }
  }

  private static Binding withPlain(Map<String, Object> plain) {
    return new Binding(
        Binding.Kind.CREDENTIAL,
        Samples.ORGANIZATION,
        Samples.OBJECT,
        1,
        Samples.TYPE,
        PlainDigest.of(plain));
  }

  private static byte[] part(byte[] bytes, int from, int to) {
    return Arrays.copyOfRange(bytes, from, to);
  }
}
