package io.coffer.type.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.coffer.type.key.TestKeys;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretFormatsTest {

  private static final JsonMapper JSON = new JsonMapper();

  @ParameterizedTest
  @CsvSource({
    "ssh_private_key, openssh-ed25519-encrypted",
    "ssh_private_key, traditional-rsa",
    "ssh_private_key, pkcs8-ed25519",
    "pem_private_key, pkcs8-rsa-aes-encrypted",
    "pem_private_key, traditional-rsa-encrypted",
    "pem_certificate, certificate"
  })
  void acceptsKeysAndCertificates(String format, String key) {
    assertThat(Formats.find(format).orElseThrow().check(TestKeys.read(key))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "ssh_private_key, pkcs8-x25519",
    "ssh_private_key, certificate",
    "pem_private_key, openssh-rsa",
    "pem_private_key, certificate",
    "pem_certificate, pkcs8-ec",
    "ssh_private_key, openssh-too-many-rounds"
  })
  void refusesOtherKeysAndCertificates(String format, String key) {
    assertThat(Formats.find(format).orElseThrow().check(TestKeys.read(key))).isPresent();
  }

  @Test
  void storesAServiceAccountInTheProvidersOwnSpelling() throws Exception {
    ObjectNode camel = JSON.createObjectNode();
    camel.put("type", "service_account").put("projectId", "my-project-1");
    camel.put("privateKeyId", "k1").put("privateKey", TestKeys.read("pkcs8-rsa"));
    camel.put("clientEmail", "svc@my-project-1.iam.gserviceaccount.com");
    camel.put("authProviderX509CertUrl", "https://example.com/certs").put("extra", "dropped");
    Format format = Formats.find("service_account_json").orElseThrow();
    assertThat(format.check(camel.toString())).isEmpty();
    assertThat(JSON.readTree(format.normalize(camel.toString())).properties())
        .extracting(Map.Entry::getKey)
        .containsExactly(
            "type",
            "project_id",
            "private_key_id",
            "private_key",
            "client_email",
            "auth_provider_x509_cert_url");
  }

  @Test
  void takesAServiceAccountWhoseAddressesPointElsewhereAndLeavesThemUnused() {
    ObjectNode account = account().put("token_uri", "http://169.254.169.254/");
    assertThat(check(account)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "authorized_user",
        "impersonated_service_account",
        "external_account",
        "gdch_service_account"
      })
  void refusesCredentialFilesThatNameAddressesToCall(String type) {
    assertThat(check(account().put("type", type))).isFalse();
  }

  @Test
  void refusesAServiceAccountThatIsNotWhole() {
    assertThat(check(account().put("client_email", "svc"))).isFalse();
    assertThat(check(account().put("private_key", TestKeys.read("pkcs8-ec")))).isFalse();
    assertThat(check(account().put("private_key", TestKeys.read("pkcs8-rsa-aes-encrypted"))))
        .isFalse();
    assertThat(check(account().put("privateKey", "two spellings"))).isFalse();
    assertThat(check(account().put("project_id", 1))).isFalse();
    assertThat(check(account().put("extra", "x".repeat(20_000)))).isFalse();
  }

  private static ObjectNode account() {
    return JSON.createObjectNode()
        .put("type", "service_account")
        .put("project_id", "my-project-1")
        .put("private_key", TestKeys.read("pkcs8-rsa"))
        .put("client_email", "svc@my-project-1.iam.gserviceaccount.com");
  }

  private static boolean check(ObjectNode account) {
    return Formats.find("service_account_json").orElseThrow().check(account.toString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          JBSWY3DPEHPK3PXP | SHA1 | 6 | 30
          jbsw y3dp-ehpk 3pxp | SHA1 | 6 | 30
          otpauth://totp/Example:a@b?secret=JBSWY3DPEHPK3PXP&issuer=Example | SHA1 | 6 | 30
          OTPAUTH://TOTP/x?secret=JBSWY3DPEHPK3PXP&algorithm=sha256&digits=8&period=60 | SHA256 | 8 | 60
          otpauth%3A%2F%2Ftotp%2Fx%3Fsecret%3DJBSWY3DPEHPK3PXP%26algorithm%3DSHA512%26digits%3D7%26period%3D45 | SHA512 | 7 | 45
          """)
  void readsTheSeedOfOneTimeCodes(String text, Totp.Algorithm algorithm, int digits, int period) {
    Totp totp = Totp.parse(text);
    assertThat(totp.secret())
        .isEqualTo("Hello!\u00de\u00ad\u00be\u00ef".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(totp.algorithm()).isEqualTo(algorithm);
    assertThat(totp.digits()).isEqualTo(digits);
    assertThat(totp.period()).isEqualTo(period);
    assertThat(totp).hasToString("Totp[redacted]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"MZXQ", "MZXQ====", "MZXW6", "MZXW6===", "MZXW6YQ=", "MZXW6YTB", "MY"})
  void takesBase32WithOrWithoutPadding(String secret) {
    assertThat(Formats.find("totp").orElseThrow().check(secret)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "not base32!",
        "JBSWY3D1",
        "M",
        "MZX",
        "MZXW6Y",
        "MZXQ==",
        "otpauth://hotp/x?secret=JBSWY3DPEHPK3PXP&counter=1",
        "otpauth://totp/x",
        "otpauth://totp/x?issuer=a",
        "otpauth://totp/x?secret=JBSWY3DPEHPK3PXP&secret=JBSWY3DPEHPK3PXP",
        "otpauth://totp/x?secret=JBSWY3DPEHPK3PXP&colour=red",
        "otpauth://totp/x?secret=JBSWY3DPEHPK3PXP&digits=5",
        "otpauth://totp/x?secret=JBSWY3DPEHPK3PXP&period=0",
        "otpauth://totp/x?secret=JBSWY3DPEHPK3PXP&algorithm=MD5",
        "otpauth://totp/x?secret=%zz"
      })
  void refusesWhatIsNoSeed(String text) {
    assertThatExceptionOfType(Totp.NotASeed.class).isThrownBy(() -> Totp.parse(text));
    assertThat(Formats.find("totp").orElseThrow().check(text)).isPresent();
  }

  @Test
  void storesASeedWithoutBlanks() {
    Format format = Formats.find("totp").orElseThrow();
    assertThat(format.normalize("JBsw y3dp-EHPK 3pxp")).isEqualTo("JBswy3dpEHPK3pxp");
    assertThat(format.normalize("otpauth://totp/a:b?secret=JBSWY3DPEHPK3PXP "))
        .isEqualTo("otpauth://totp/a:b?secret=JBSWY3DPEHPK3PXP");
  }

  @Test
  void storesKeysWithTheLineEndsThatOpenSshReads() {
    for (String name : new String[] {"ssh_private_key", "pem_private_key", "pem_certificate"}) {
      assertThat(Formats.find(name).orElseThrow().normalize("-----BEGIN\r\nabc\r\n-----END"))
          .isEqualTo("-----BEGIN\nabc\n-----END");
    }
  }
}
