package io.coffer.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.secret.Binding;
import io.coffer.secret.SecretValue;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.junit.jupiter.api.Test;

/** AES-GCM alone lets one ciphertext open under two keys; the stored format does not. */
class CommitmentTest {

  private final Binding binding = Samples.binding();
  private final DataKey first = Samples.key(1);
  private final DataKey second = Samples.key(2);

  @Test
  void refusesACiphertextCraftedToOpenUnderTwoKeys() throws Exception {
    byte[] salt = new byte[Envelope.SALT_LENGTH];
    byte[] nonce = new byte[Envelope.NONCE_LENGTH];
    BindingBytes bound = BindingBytes.of(Envelope.VERSION, binding);
    try (DerivedKeys one = DerivedKeys.derive(first, salt, bound);
        DerivedKeys other = DerivedKeys.derive(second, salt, bound)) {
      byte[] crafted =
          new TwoKeyForgery(one.encryption(), other.encryption(), nonce, bound.additionalData())
              .ciphertextAndTag();

      // The attack itself works: plain AES-GCM accepts the same bytes under both keys.
      assertThat(gcmOpen(one.encryption(), nonce, bound, crafted))
          .isNotEqualTo(gcmOpen(other.encryption(), nonce, bound, crafted));

      byte[] committedToFirst = sealed(salt, one.commitment(), nonce, crafted);
      try (SecretValue opened = Envelope.open(first, binding, committedToFirst)) {
        assertThat(opened.length()).isEqualTo(crafted.length - Envelope.TAG_LENGTH);
      }
      assertThatThrownBy(() -> Envelope.open(second, binding, committedToFirst))
          .isInstanceOf(UnsealFailure.NotCommitted.class);
      byte[] committedToSecond = sealed(salt, other.commitment(), nonce, crafted);
      assertThatThrownBy(() -> Envelope.open(first, binding, committedToSecond))
          .isInstanceOf(UnsealFailure.NotCommitted.class);
    }
  }

  private static byte[] gcmOpen(WipingKey key, byte[] nonce, BindingBytes bound, byte[] crafted)
      throws Exception {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(128, nonce));
    cipher.updateAAD(bound.additionalData());
    return cipher.doFinal(crafted);
  }

  private static byte[] sealed(byte[] salt, byte[] commitment, byte[] nonce, byte[] crafted) {
    byte[] sealed = new byte[Envelope.CIPHERTEXT_AT + crafted.length];
    ByteBuffer.wrap(sealed)
        .put((byte) Envelope.VERSION)
        .putLong(Samples.KEY_ID.getMostSignificantBits())
        .putLong(Samples.KEY_ID.getLeastSignificantBits())
        .put(salt)
        .put(Arrays.copyOf(commitment, commitment.length))
        .put(nonce)
        .put(crafted);
    return sealed;
  }
}
