package io.coffer.type.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.coffer.secret.SecretValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateKeysTest {

  private static final String PASSPHRASE = "pass wörd 1";

  @ParameterizedTest
  @CsvSource({
    "openssh-ed25519, ED25519, false, true",
    "openssh-rsa, RSA, false, true",
    "openssh-ecdsa, EC, false, true",
    "openssh-ed25519-encrypted, ED25519, true, true",
    "openssh-rsa-cbc-encrypted, RSA, true, true",
    "pkcs8-rsa, RSA, false, false",
    "pkcs8-ec, EC, false, false",
    "pkcs8-dsa, DSA, false, false",
    "pkcs8-ed25519, ED25519, false, false",
    "pkcs8-x25519, X25519, false, false",
    "pkcs8-rsa-aes-encrypted, UNKNOWN, true, false",
    "traditional-rsa, RSA, false, false",
    "traditional-dsa, DSA, false, false",
    "traditional-ec-with-parameters, EC, false, false",
    "traditional-ec-encrypted, EC, true, false"
  })
  void saysWhatAKeyIs(String key, KeyType type, boolean encrypted, boolean openSsh) {
    assertThat(PrivateKeys.inspect(TestKeys.read(key)))
        .isEqualTo(new KeyInfo(type, encrypted, openSsh));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "openssh-ed25519-encrypted",
        "openssh-ed25519-aes128-encrypted",
        "openssh-rsa-cbc-encrypted",
        "openssh-ecdsa-gcm-encrypted",
        "pkcs8-rsa-aes-encrypted",
        "pkcs8-rsa-des3-encrypted",
        "pkcs8-rsa-pkcs12-encrypted",
        "pkcs8-ec-scrypt-encrypted",
        "pkcs8-ed25519-encrypted",
        "traditional-rsa-encrypted",
        "traditional-ec-encrypted"
      })
  void opensAKeyWithItsPassphraseAndNoOther(String key) {
    String pem = TestKeys.read(key);
    assertThat(opens(pem, PASSPHRASE)).isTrue();
    assertThat(opens(pem, "pass word 1")).isFalse();
    assertThat(opens(pem, "")).isFalse();
  }

  @Test
  void aKeyWithoutPassphraseIsOpenedByNone() {
    assertThat(opens(TestKeys.read("pkcs8-rsa"), "x")).isFalse();
    assertThat(opens(TestKeys.read("openssh-rsa"), "x")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"openssh-too-many-rounds", "pkcs8-too-many-iterations", "pkcs8-too-much-scrypt"})
  void refusesAKeyThatAsksForTooMuchWork(String key) {
    assertThatExceptionOfType(KeyRefusal.class)
        .isThrownBy(() -> PrivateKeys.inspect(TestKeys.read(key)))
        .withMessageContaining("more work than allowed");
  }

  @Test
  void refusesARsaKeyThatIsTooShort() {
    assertThatExceptionOfType(KeyRefusal.class)
        .isThrownBy(() -> PrivateKeys.inspect(TestKeys.read("traditional-rsa-512")))
        .withMessageContaining("1024");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"openssh-rsa", "openssh-ed25519", "pkcs8-rsa", "pkcs8-ec", "traditional-rsa"})
  void refusesAKeyWithALineLess(String key) {
    String[] lines = TestKeys.read(key).split("\n", -1);
    StringBuilder cut = new StringBuilder();
    for (int i = 0; i < lines.length; i++) {
      cut.append(i == 2 ? "" : lines[i] + "\n");
    }
    refuses(cut.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no key",
        "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n",
        "-----BEGIN PRIVATE KEY-----\nA*AA\n-----END PRIVATE KEY-----\n",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
        "-----BEGIN FOO PRIVATE KEY-----\nAAAA\n-----END FOO PRIVATE KEY-----\n",
        "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEA\n-----END OPENSSH PRIVATE KEY-----\n",
        "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n-----END RSA PRIVATE KEY-----\n",
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAMCAQA=\n-----END ENCRYPTED PRIVATE KEY-----\n"
      })
  void refusesWhatIsNoKey(String pem) {
    refuses(pem);
  }

  @Test
  void takesOneKeyWithCertificatesBesideItAndNothingElse() {
    String key = TestKeys.read("pkcs8-ec");
    String certificate = TestKeys.read("certificate");
    assertThat(PrivateKeys.inspect(certificate + key).type()).isEqualTo(KeyType.EC);
    refuses(key + key);
    refuses(certificate);
    refuses(key + "more text\n");
  }

  @Test
  void takesLinesThatEndAsOnWindows() {
    String pem = TestKeys.read("openssh-ed25519").replace("\n", "\r\n");
    assertThat(PrivateKeys.inspect(pem).type()).isEqualTo(KeyType.ED25519);
  }

  @Test
  void countsCertificates() {
    String certificate = TestKeys.read("certificate");
    assertThat(Certificates.check(certificate + certificate)).isEqualTo(2);
    assertThatExceptionOfType(KeyRefusal.class)
        .isThrownBy(() -> Certificates.check(TestKeys.read("pkcs8-ec")));
    assertThatExceptionOfType(KeyRefusal.class)
        .isThrownBy(() -> Certificates.check(certificate.replace("MII", "MIJ")));
  }

  private static void refuses(String pem) {
    assertThatExceptionOfType(KeyRefusal.class).isThrownBy(() -> PrivateKeys.inspect(pem));
  }

  private static boolean opens(String pem, String passphrase) {
    try (SecretValue secret = SecretValue.ofText(passphrase)) {
      return PrivateKeys.opens(pem, secret);
    }
  }
}
