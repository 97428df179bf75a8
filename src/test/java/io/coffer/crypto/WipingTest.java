package io.coffer.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.secret.SecretFields;
import io.coffer.secret.SecretValue;
import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Keys and plaintexts end where their owner closes them. */
class WipingTest {

  @Test
  void wipesTheKeyBytesThemselves() {
    byte[] bytes = {1, 2, 3};
    WipingKey key = new WipingKey("AES", bytes);
    assertThat(key.getEncoded()).containsExactly(1, 2, 3);
    key.close();
    assertThat(bytes).containsOnly(0);
    assertThatThrownBy(key::getEncoded).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void wipesDerivedKeysAndCommitment() {
    DerivedKeys keys;
    try (DataKey dataKey = Samples.key(1)) {
      keys =
          DerivedKeys.derive(
              dataKey, new byte[Envelope.SALT_LENGTH], BindingBytes.of(1, Samples.binding()));
    }
    assertThat(keys.commitment()).hasSize(32).isNotEqualTo(new byte[32]);
    assertThat(keys).hasToString("DerivedKeys[redacted]");
    assertThat(keys.encryption()).hasToString("WipingKey[redacted]");
    keys.close();
    assertThat(keys.commitment()).containsOnly(0);
    assertThat(keys.encryption().isDestroyed()).isTrue();
  }

  @Test
  void givesAwayNoReferenceToADataKeysBytes() {
    byte[] given = new byte[DataKey.LENGTH];
    given[0] = 7;
    try (SecretValue value = SecretValue.takeOwnershipOf(given);
        DataKey key = DataKey.of(Samples.KEY_ID, value)) {
      value.close();
      assertThat(given).containsOnly(0);
      assertThat(key.key().getEncoded()[0]).isEqualTo((byte) 7);
    }
  }

  @Test
  void wipesTheBufferOfAnEncodingOnceItIsWritten() {
    CanonicalWriter writer = new CanonicalWriter().part("hunter2");
    assertThat(writer.toBytes()).endsWith('2');
    writer.close();
    assertThat(writer.toBytes(64)).containsOnly(0);
  }

  @Test
  void wipesFieldsDecodedBeforeAnErrorWasFound() {
    try (SecretFields fields = SecretFields.of(Map.of("a", SecretValue.ofText("hunter2")));
        SecretValue encoded = FieldCodec.encode(fields)) {
      byte[] edited = encoded.revealBytes();
      edited[edited.length - 1] = 1;
      FieldReader reader = new FieldReader(edited);
      assertThatThrownBy(reader::read).isInstanceOf(UnsealFailure.MalformedContent.class);
      assertThat(reader.decoded()).hasSize(1).allMatch(SecretValue::isClosed);
    }
  }

  @Test
  void refusesToBeSerialised() throws Exception {
    try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream());
        WipingKey key = new WipingKey("AES", new byte[32])) {
      assertThatThrownBy(() -> out.writeObject(key)).isInstanceOf(NotSerializableException.class);
    }
  }
}
