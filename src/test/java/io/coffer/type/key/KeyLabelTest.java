package io.coffer.type.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.teletrust.TeleTrusTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The fingerprints are those that ssh-keygen and openssl print of the same files. */
class KeyLabelTest {

  @ParameterizedTest
  @CsvSource({
    "openssh-rsa, RSA 2048, lkFqWpZx9cyxBzSUFLK7TI6pdqUusltqpyWhzLdUqas",
    "openssh-ed25519, Ed25519, YdqHpAXE6rwEUhe89pqgLuatKwoMOwDm2rstWiSZGVA",
    "openssh-ecdsa, EC 256, 2NdIOs427x4wsCTgaTN0qEZcxeODHXN4tNqpnh6dJsM",
    "pkcs8-rsa, RSA 2048, T1cUKWJO6PMkmVVFNiXsSP1KfPbktTyKPlB0S4tsgHg",
    "pkcs8-ec, EC 256, 1vyqSPuWyx/NQEBCvLM8Csd4H/YSHRduvcgs+kM9aOY",
    "pkcs8-ed25519, Ed25519, OUFLm/7Q/ctBvEpaUu+oX7J/Oxu4N8E7Ddt9n2WRhqQ",
    "traditional-rsa, RSA 2048, T1cUKWJO6PMkmVVFNiXsSP1KfPbktTyKPlB0S4tsgHg"
  })
  void hasTheFingerprintThatSshKeygenPrints(String key, String kind, String fingerprint) {
    assertThat(KeyLabel.of(TestKeys.read(key), KeyLabel.Style.SSH))
        .contains(new KeyLabel(kind, fingerprint));
  }

  @ParameterizedTest
  @CsvSource({
    "pkcs8-rsa, RSA 2048, jbdJMtod7xraDPFHYzKjgNrR3QARX177d5dn0vxAd9o=",
    "traditional-rsa, RSA 2048, jbdJMtod7xraDPFHYzKjgNrR3QARX177d5dn0vxAd9o=",
    "pkcs8-ec, EC 256, KxKBMHbxpm25E6EtNSGyweehlxBHPkQA6bUg6AzRRl4=",
    "traditional-ec-with-parameters, EC 256, 8pii8hYEXfCxiISSZqy4xi8TqeyUz6nSb5Orj7G4U5s=",
    "pkcs8-ed25519, Ed25519, GoPP50LWsEs3thnSXplXwfLpPKLUO1J6QkZF8E0FXu8="
  })
  void hasTheFingerprintOfThePublicKeyInX509(String key, String kind, String fingerprint) {
    assertThat(KeyLabel.of(TestKeys.read(key), KeyLabel.Style.X509))
        .contains(new KeyLabel(kind, fingerprint));
  }

  @ParameterizedTest
  @CsvSource({
    "openssh-rsa-cbc-encrypted, RSA 2048, 3FWPGkpUfM3C5+tR95AZpukaaqoB0Mb+WgZqJEQCqY8",
    "openssh-ed25519-encrypted, Ed25519, kBJveHSX4QIekkeMgoBncomi7NtBfJUgd1QTdrfzIVM",
    "openssh-ecdsa-gcm-encrypted, EC 256, hwFjPBeiA1t/NMjeByxUTESrerUfm6Z9PKj2FC5xq+g"
  })
  void readsThePublicHalfBesideAnEncryptedOne(String key, String kind, String fingerprint) {
    assertThat(KeyLabel.of(TestKeys.read(key), KeyLabel.Style.SSH))
        .contains(new KeyLabel("encrypted " + kind, fingerprint));
  }

  @ParameterizedTest
  @CsvSource({
    "pkcs8-rsa-aes-encrypted, encrypted key",
    "pkcs8-ed25519-encrypted, encrypted key",
    "traditional-rsa-encrypted, encrypted RSA",
    "traditional-ec-encrypted, encrypted EC",
    "pkcs8-x25519, X25519",
    "pkcs8-dsa, DSA"
  })
  void tellsTheKindOfAKeyWhosePublicHalfIsHidden(String key, String kind) {
    for (KeyLabel.Style style : KeyLabel.Style.values()) {
      assertThat(KeyLabel.of(TestKeys.read(key), style)).contains(new KeyLabel(kind, null));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"certificate", "traditional-rsa-512"})
  void labelsNothingButKeys(String key) {
    assertThat(KeyLabel.of(TestKeys.read(key), KeyLabel.Style.SSH)).isEmpty();
  }

  @Test
  void labelsNoBrokenKey() {
    String key = TestKeys.read("pkcs8-rsa");
    assertThat(KeyLabel.of(key.substring(0, key.length() / 2), KeyLabel.Style.X509)).isEmpty();
    assertThat(KeyLabel.of("", KeyLabel.Style.X509)).isEmpty();
    assertThat(KeyLabel.of("-----BEGIN RSA PRIVATE KEY-----", KeyLabel.Style.X509)).isEmpty();
  }

  @Test
  void makesNoPointOnACurveThatWouldHoldAnEventLoopUp() throws IOException {
    for (ASN1ObjectIdentifier curve :
        List.of(TeleTrusTObjectIdentifiers.brainpoolP512r1, SECObjectIdentifiers.sect571r1)) {
      assertThat(KeyLabel.of(ec(curve), KeyLabel.Style.X509)).contains(new KeyLabel("EC", null));
    }
    assertThat(KeyLabel.of(ec(SECObjectIdentifiers.secp521r1), KeyLabel.Style.SSH).orElseThrow())
        .satisfies(label -> assertThat(label.kind()).isEqualTo("EC 521"))
        .satisfies(label -> assertThat(label.fingerprint()).isNotNull());
  }

  private static String ec(ASN1ObjectIdentifier curve) throws IOException {
    byte[] key =
        new PrivateKeyInfo(
                new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve),
                new ECPrivateKey(512, BigInteger.ONE.shiftLeft(500).add(BigInteger.TEN)))
            .getEncoded();
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(key)
        + "\n-----END PRIVATE KEY-----\n";
  }
}
