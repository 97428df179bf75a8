package io.coffer.probe.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.coffer.probe.ProbeRequest;
import io.coffer.secret.SecretValue;
import io.coffer.type.FieldTexts;
import io.coffer.type.key.KeyRefusal;
import io.coffer.type.key.RsaKey;
import io.coffer.type.probe.HttpCase;
import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class JwtMakerTest {

  /** The key of RFC 7515, appendix A.2. */
  private static String publishedKey() throws Exception {
    return pem(
        KeyFactory.getInstance("RSA")
            .generatePrivate(
                new RSAPrivateCrtKeySpec(
                    number(
                        "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ"),
                    number("AQAB"),
                    number(
                        "Eq5xpGnNCivDflJsRQBXHx1hdR1k6Ulwe2JZD50LpXyWPEAeP88vLNO97IjlA7_GQ5sLKMgvfTeXZx9SE-7YwVol2NXOoAJe46sui395IW_GO-pWJ1O0BkTGoVEn2bKVRUCgu-GjBVaYLU6f3l9kJfFNS3E0QbVdxzubSu3Mkqzjkn439X0M_V51gfpRLI9JYanrC4D4qAdGcopV_0ZHHzQlBjudU2QvXt4ehNYTCBr6XCLQUShb1juUO1ZdiYoFaFQT5Tw8bGUl_x_jTj3ccPDVZFD9pIuhLhBOneufuBiB4cS98l2SR_RQyGWSeWjnczT0QU91p1DhOVRuOopznQ"),
                    number(
                        "4BzEEOtIpmVdVEZNCqS7baC4crd0pqnRH_5IB3jw3bcxGn6QLvnEtfdUdiYrqBdss1l58BQ3KhooKeQTa9AB0Hw_Py5PJdTJNPY8cQn7ouZ2KKDcmnPGBY5t7yLc1QlQ5xHdwW1VhvKn-nXqhJTBgIPgtldC-KDV5z-y2XDwGUc"),
                    number(
                        "uQPEfgmVtjL0Uyyx88GZFF1fOunH3-7cepKmtH4pxhtCoHqpWmT8YAmZxaewHgHAjLYsp1ZSe7zFYHj7C6ul7TjeLQeZD_YwD66t62wDmpe_HlB-TnBA-njbglfIsRLtXlnDzQkv5dTltRJ11BKBBypeeF6689rjcJIDEz9RWdc"),
                    number(
                        "BwKfV3Akq5_MFZDFZCnW-wzl-CCo83WoZvnLQwCTeDv8uzluRSnm71I3QCLdhrqE2e9YkxvuxdBfpT_PI7Yz-FOKnu1R6HsJeDCjn12Sk3vmAktV2zb34MCdy7cpdTh_YVr7tss2u6vneTwrA86rZtu5Mbr1C1XsmvkxHQAdYo0"),
                    number(
                        "h_96-mK1R_7glhsum81dZxjTnYynPbZpHziZjeeHcXYsXaaMwkOlODsWa7I9xXDoRwbKgB719rrmI2oKr6N3Do9U0ajaHF-NKJnwgjMd2w9cjz3_-kyNlxAr2v4IKhGNpmM5iIgOS1VZnOZ68m6_pbLBSp3nssTdlqvd0tIiTHU"),
                    number(
                        "IYd7DHOhrWvxkwPQsRM2tOgrjbcrfvtQJipd-DlcxyVuuM9sQLdgjVk2oy26F0EmpScGLq2MowX7fhd_QJQ3ydy5cY7YIBi87w93IKLEdfnbJtoOPLUW0ITrJReOgo1cq9SbsxYawBgfp_gh6A5603k2-ZQwVK0JKSHuLFkuQ3U")))
            .getEncoded());
  }

  private static BigInteger number(String base64) {
    return new BigInteger(1, Base64.getUrlDecoder().decode(base64));
  }

  private static String pem(byte[] der) {
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END PRIVATE KEY-----\n";
  }

  @Test
  void signsAsTheStandardSays() throws Exception {
    RsaKey key = RsaKey.open(publishedKey(), null);
    byte[] claims =
        "{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}"
            .getBytes(UTF_8);
    try (SecretValue token = JwtMaker.sign(key, "{\"alg\":\"RS256\"}".getBytes(UTF_8), claims)) {
      assertThat(token.revealText())
          .isEqualTo(
              "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw");
    }
  }

  @Test
  void saysToGoogleWhatTheKeyFileSays() throws Exception {
    JsonNode[] parts = assertion("gcp");
    assertThat(parts[0].path("alg").asText()).isEqualTo("RS256");
    assertThat(parts[0].path("kid").asText()).isEqualTo("813a8a31e198a6842e6a5423f52e40f2ee22a0b7");
    assertThat(parts[1].path("aud").asText()).isEqualTo("https://oauth2.googleapis.com/token");
    assertThat(parts[1].path("iss").asText()).endsWith(".iam.gserviceaccount.com");
    assertThat(parts[1].path("iat").asLong()).isEqualTo(Conformance.NOW.getEpochSecond());
    assertThat(parts[1].path("exp").asLong() - parts[1].path("iat").asLong()).isEqualTo(600);
  }

  @Test
  void namesToSnowflakeTheAccountAndTheKey() throws Exception {
    JsonNode[] parts = assertion("snowflake");
    ProbeRequest request =
        Conformance.request("snowflake", Conformance.of("snowflake").looks().getFirst());
    String user = Objects.requireNonNull(request.plain().get("user")).toString();
    try (SecretValue pem = request.secrets().find("private_key").orElseThrow().copy()) {
      byte[] half = key(request, pem).publicKey();
      String digest =
          Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(half));
      String subject = "ACME-PROD." + user.toUpperCase(java.util.Locale.ROOT);
      assertThat(parts[1].path("sub").asText()).isEqualTo(subject);
      assertThat(parts[1].path("iss").asText()).isEqualTo(subject + ".SHA256:" + digest);
      assertThat(KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(half)))
          .isNotNull();
    }
    request.secrets().close();
  }

  private static RsaKey key(ProbeRequest request, SecretValue pem) {
    return RsaKey.open(
        pem.revealText(), request.secrets().find("private_key_passphrase").orElse(null));
  }

  /** Header and claims of the assertion that a type's first look makes. */
  private static JsonNode[] assertion(String slug) throws Exception {
    ProbeRequest request = Conformance.request(slug, Conformance.of(slug).looks().getFirst());
    HttpCase one = ProbeConformanceTest.chosen(request).orElseThrow();
    try (Filler filler =
            new Filler(
                new FieldTexts(request.type().definition(), request.plain(), request.secrets()));
        SecretValue token =
            JwtMaker.make(
                Objects.requireNonNull(one.calls().getFirst().jwt()), filler, Conformance.NOW)) {
      String[] parts = token.revealText().split("\\.");
      return new JsonNode[] {json(parts[0]), json(parts[1])};
    } finally {
      request.secrets().close();
    }
  }

  private static JsonNode json(String part) throws Exception {
    return new JsonMapper().readTree(Base64.getUrlDecoder().decode(part));
  }

  @Test
  void opensKeysOfEveryForm() throws Exception {
    byte[] message = "message".getBytes(UTF_8);
    RsaKey key = RsaKey.open(publishedKey(), null);
    Signature check = Signature.getInstance("SHA256withRSA");
    check.initVerify(
        KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(key.publicKey())));
    check.update(message);
    assertThat(check.verify(key.sign(message))).isTrue();
    // The samples have an encrypted key, and one of the form before PKCS#8.
    for (String slug : new String[] {"box_jwt", "gce"}) {
      assertThat(assertion(slug)).hasSize(2);
    }
  }

  @Test
  void refusesWhatIsNoKey() {
    for (String pem :
        new String[] {"", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"}) {
      assertThatThrownBy(() -> RsaKey.open(pem, null)).isInstanceOf(KeyRefusal.class);
    }
  }
}
