package io.coffer.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.secret.SecretFields;
import io.coffer.secret.SecretValue;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The bytes of every released version, which stay readable for ever. */
class GoldenBytesTest {

  private static final Map<String, String> SECRETS =
      Map.of("password", "pässwörd 🔑", "private_key", "-----BEGIN-----\nAAAA\n");
  private static final Map<String, Object> PLAIN =
      Map.of(
          "host",
          "db.example.org",
          "port",
          5432L,
          "tls",
          true,
          "schemas",
          List.of("public", "sales"),
          "options",
          Map.of("application_name", "etl", "ﬁ", "1", "𐀀", "2"));

  private final Properties golden = load();

  @Test
  void opensWhatVersionOneSealed() {
    byte[] sealed = bytes("v1.sealed");
    try (DataKey key = Samples.key(0x5a);
        SecretValue opened = Envelope.open(key, Samples.binding(), sealed);
        SecretFields fields = FieldCodec.decode(opened)) {
      assertThat(fields.ids()).containsExactly("password", "private_key");
      SECRETS.forEach(
          (id, text) -> assertThat(fields.find(id).orElseThrow().revealText()).isEqualTo(text));
    }
  }

  @Test
  void sealsTheSameBytesFromTheSameRandomBytes() {
    try (DataKey key = Samples.key(0x5a);
        SecretFields fields = secrets();
        SecretValue encoded = FieldCodec.encode(fields)) {
      byte[] sealed =
          new Envelope(bytes -> Arrays.fill(bytes, (byte) bytes.length))
              .sealWith(key, Samples.binding(), encoded);
      assertThat(Samples.HEX.formatHex(sealed)).isEqualTo(golden.getProperty("v1.sealed"));
    }
  }

  @Test
  void encodesFieldsToTheSameBytes() {
    try (SecretFields fields = secrets();
        SecretValue encoded = FieldCodec.encode(fields)) {
      assertThat(Samples.HEX.formatHex(encoded.revealBytes()))
          .isEqualTo(golden.getProperty("v1.fields"));
    }
  }

  @Test
  void writesPlainFieldsAndTheirDigestTheSameWay() {
    assertThat(Samples.HEX.formatHex(PlainDigest.canonical(PLAIN)))
        .isEqualTo(golden.getProperty("v1.plain"));
    assertThat(Samples.HEX.formatHex(PlainDigest.of(PLAIN)))
        .isEqualTo(golden.getProperty("v1.plain.digest"));
  }

  @Test
  void writesBindingsTheSameWay() {
    assertThat(Samples.HEX.formatHex(BindingBytes.of(1, Samples.binding()).additionalData()))
        .isEqualTo(golden.getProperty("v1.binding"));
  }

  @Test
  void tagsTheSameWay() {
    try (DataKey key = Samples.key(0x5a)) {
      byte[] tag = Macs.tag(key, "connection", new byte[] {1, 2, 3});
      assertThat(Samples.HEX.formatHex(tag)).isEqualTo(golden.getProperty("v1.tag"));
    }
  }

  private static SecretFields secrets() {
    Map<String, SecretValue> values = new TreeMap<>();
    SECRETS.forEach((id, text) -> values.put(id, SecretValue.ofText(text)));
    return SecretFields.of(values);
  }

  private byte[] bytes(String name) {
    return Samples.HEX.parseHex(Objects.requireNonNull(golden.getProperty(name)));
  }

  private static Properties load() {
    Properties properties = new Properties();
    try (InputStream in =
        GoldenBytesTest.class.getResourceAsStream("/golden/stored-format.properties")) {
      properties.load(in);
      return properties;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
