package io.coffer.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The JDK's algorithms, used as the stored format uses them, against public vectors. */
class WycheproofTest {

  @ParameterizedTest
  @MethodSource("aesGcm")
  void opensAndRefusesAsTheAesGcmVectorsSay(JsonNode vector) throws Exception {
    byte[] ciphertext = bytes(vector, "ct");
    byte[] tag = bytes(vector, "tag");
    byte[] both = new byte[ciphertext.length + tag.length];
    System.arraycopy(ciphertext, 0, both, 0, ciphertext.length);
    System.arraycopy(tag, 0, both, ciphertext.length, tag.length);
    Cipher opening = cipher(Cipher.DECRYPT_MODE, vector);
    if (vector.get("result").asText().equals("valid")) {
      assertThat(opening.doFinal(both)).isEqualTo(bytes(vector, "msg"));
      assertThat(cipher(Cipher.ENCRYPT_MODE, vector).doFinal(bytes(vector, "msg"))).isEqualTo(both);
    } else {
      assertThatThrownBy(() -> opening.doFinal(both)).isInstanceOf(AEADBadTagException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("hkdf")
  void derivesAsTheHkdfVectorsSay(JsonNode vector) throws Exception {
    KDF hkdf = KDF.getInstance("HKDF-SHA256");
    int size = vector.get("size").asInt();
    byte[] info = bytes(vector, "info");
    byte[] extracted =
        hkdf.deriveData(
            HKDFParameterSpec.ofExtract()
                .addIKM(new WipingKey("HKDF", bytes(vector, "ikm")))
                .addSalt(bytes(vector, "salt"))
                .extractOnly());
    HKDFParameterSpec expansion =
        HKDFParameterSpec.expandOnly(new WipingKey("HKDF", extracted), info, size);
    if (vector.get("result").asText().equals("valid")) {
      assertThat(hkdf.deriveData(expansion)).isEqualTo(bytes(vector, "okm"));
    } else {
      assertThatThrownBy(() -> hkdf.deriveData(expansion))
          .isInstanceOf(java.security.InvalidAlgorithmParameterException.class);
    }
  }

  private static Cipher cipher(int mode, JsonNode vector) throws Exception {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        mode,
        new WipingKey("AES", bytes(vector, "key")),
        new GCMParameterSpec(Envelope.TAG_LENGTH * Byte.SIZE, bytes(vector, "iv")));
    cipher.updateAAD(bytes(vector, "aad"));
    return cipher;
  }

  static Stream<JsonNode> aesGcm() throws IOException {
    return vectors("/vectors/aes_gcm_test.json", 66);
  }

  static Stream<JsonNode> hkdf() throws IOException {
    return vectors("/vectors/hkdf_sha256_test.json", 86);
  }

  private static Stream<JsonNode> vectors(String resource, int expected) throws IOException {
    List<JsonNode> vectors = new ArrayList<>();
    try (InputStream in = WycheproofTest.class.getResourceAsStream(resource)) {
      new ObjectMapper()
          .readTree(Objects.requireNonNull(in))
          .get("testGroups")
          .forEach(group -> group.get("tests").forEach(vectors::add));
    }
    assertThat(vectors).hasSize(expected);
    return vectors.stream();
  }

  private static byte[] bytes(JsonNode vector, String member) {
    return Samples.HEX.parseHex(vector.get(member).asText());
  }
}
