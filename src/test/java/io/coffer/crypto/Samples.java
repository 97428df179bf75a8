package io.coffer.crypto;

import io.coffer.secret.Binding;
import io.coffer.secret.SecretValue;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;

/** Keys, bindings and values with fixed bytes. */
final class Samples {

  static final HexFormat HEX = HexFormat.of();
  static final UUID KEY_ID = UUID.fromString("0190a1b2-0000-7000-8000-000000000001");
  static final UUID ORGANIZATION = UUID.fromString("0190a1b2-0000-7000-8000-0000000000aa");
  static final UUID OBJECT = UUID.fromString("0190a1b2-0000-7000-8000-0000000000bb");
  static final UUID TYPE = UUID.fromString("0190a1b2-0000-7000-8000-0000000000cc");
  static final Map<String, Object> PLAIN =
      Map.of("host", "db.example.org", "port", 5432L, "tls", true);

  private Samples() {}

  static DataKey key(int filling) {
    return key(KEY_ID, filling);
  }

  static DataKey key(UUID id, int filling) {
    byte[] bytes = new byte[DataKey.LENGTH];
    Arrays.fill(bytes, (byte) filling);
    try (SecretValue value = SecretValue.takeOwnershipOf(bytes)) {
      return DataKey.of(id, value);
    }
  }

  static Binding binding() {
    return new Binding(
        Binding.Kind.CREDENTIAL, ORGANIZATION, OBJECT, 1, TYPE, PlainDigest.of(PLAIN));
  }

  static SecretValue text(String text) {
    return SecretValue.ofText(text);
  }
}
