package io.coffer.type.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.coffer.secret.SecretValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The public half in front of an OpenSSH key is what its fingerprint is made of: it must be the
 * private half's.
 */
class OpenSshHalvesTest {

  private static final byte[] MAGIC = "openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII);
  private static final String PASSPHRASE = "pass wörd 1";

  @ParameterizedTest
  @ValueSource(strings = {"openssh-rsa", "openssh-ed25519", "openssh-ecdsa"})
  void takesAKeyWhoseHalvesBelongTogether(String key) {
    assertThat(PrivateKeys.inspect(TestKeys.read(key)).encrypted()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"openssh-rsa", "openssh-ed25519", "openssh-ecdsa"})
  void refusesAPublicHalfThatTheKeyDoesNotRepeat(String key) {
    byte[] content = content(key);
    int at = frontHalf(content);
    content[at] ^= 1;
    refuses(content);
  }

  @ParameterizedTest
  @ValueSource(strings = {"openssh-ed25519", "openssh-ecdsa"})
  void refusesAPublicHalfThatTheKeyRepeatsAndDoesNotMake(String key) {
    byte[] content = content(key);
    int at = frontHalf(content);
    // The last numbers of the half are the same in each of its copies.
    byte[] tail = new byte[8];
    System.arraycopy(content, at - 7, tail, 0, tail.length);
    int changed = 0;
    for (int i = 0; i + tail.length <= content.length; i++) {
      if (ByteBuffer.wrap(content, i, tail.length).equals(ByteBuffer.wrap(tail))) {
        content[i + tail.length - 1] ^= 1;
        changed++;
      }
    }
    assertThat(changed).isGreaterThan(1);
    refuses(content);
  }

  @ParameterizedTest
  @CsvSource({"openssh-rsa-cbc-encrypted", "openssh-ed25519-encrypted"})
  void opensNoKeyWhosePublicHalfIsAnothers(String key) {
    byte[] content = content(key);
    try (SecretValue passphrase = SecretValue.ofText(PASSPHRASE)) {
      assertThat(PrivateKeys.opens(pem(content), passphrase)).isTrue();
      content[frontHalf(content)] ^= 1;
      assertThat(PrivateKeys.opens(pem(content), passphrase)).isFalse();
    }
  }

  private static void refuses(byte[] content) {
    String pem = pem(content);
    assertThatExceptionOfType(KeyRefusal.class).isThrownBy(() -> PrivateKeys.inspect(pem));
    assertThat(KeyLabel.of(pem, KeyLabel.Style.SSH)).isEmpty();
  }

  private static byte[] content(String key) {
    String pem = TestKeys.read(key);
    return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
  }

  private static String pem(byte[] content) {
    return "-----BEGIN OPENSSH PRIVATE KEY-----\n"
        + Base64.getMimeEncoder(70, new byte[] {'\n'}).encodeToString(content)
        + "\n-----END OPENSSH PRIVATE KEY-----\n";
  }

  /** The place of the last byte of the public half in front. */
  private static int frontHalf(byte[] content) {
    ByteBuffer in = ByteBuffer.wrap(content).position(MAGIC.length);
    for (int i = 0; i < 3; i++) {
      skip(in);
    }
    in.getInt();
    skip(in);
    return in.position() - 1;
  }

  private static void skip(ByteBuffer in) {
    int length = in.getInt();
    in.position(in.position() + length);
  }
}
