package io.coffer.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.keys.BigEndianBigInteger;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@QuarkusTest
class UseFormsTest {

  private static final String KEY = "sk-proj-0123456789abcdefghijWXYZ";

  private Api admin;

  @BeforeEach
  void organization() {
    admin = Api.as("alice", Api.newOrganization(), "admin");
  }

  @Test
  void rendersAsEnvironmentAndHeader() {
    String id = admin.created("forms", KEY);
    admin.use(Map.of("id", id, "as", "env")).statusCode(200).body("env.OPENAI_API_KEY", is(KEY));
    admin
        .use(Map.of("id", id, "as", "header"))
        .statusCode(200)
        .body("header.Authorization", is("Bearer " + KEY));
  }

  @Test
  void rendersADatabaseAsUrlAndJdbc() {
    String id =
        admin
            .create(
                Map.of(
                    "name",
                    "warehouse",
                    "type",
                    "postgresql",
                    "value",
                    "postgresql://app:p%40ss%2Fphrase@db.example.com:5433/sales?sslmode=verify-full"))
            .statusCode(201)
            .body("fields.host", is("db.example.com"))
            .body("fields.password", is("$encrypted$"))
            .body(not(containsString("phrase")))
            .extract()
            .path("id");
    admin
        .use(Map.of("id", id, "as", "jdbc"))
        .statusCode(200)
        .body("jdbc.user", is("app"))
        .body("jdbc.password", is("p@ss/phrase"))
        .body("jdbc.url", containsString("jdbc:postgresql://db.example.com:5433/sales"))
        .body("jdbc.url", not(containsString("phrase")));
    admin
        .use(Map.of("id", id, "as", "inject"))
        .statusCode(200)
        .body("inject.env", hasKey("PGHOST"))
        .body("inject.env", not(hasKey("PGSSLCERT")))
        .body("inject.files.size()", is(0));
    String url = admin.use(Map.of("id", id, "as", "url")).statusCode(200).extract().path("url");
    assertThat(url)
        .startsWith("postgresql://app:p%40ss%2Fphrase@db.example.com:5433/sales")
        .contains("sslmode=verify-full");
  }

  @Test
  void tellsWhichFormsTheTypeHas() {
    String id = admin.created("forms", KEY);
    admin
        .use(Map.of("id", id, "as", "jdbc"))
        .statusCode(422)
        .body("type", is("urn:coffer:problem:unsupported-form"))
        .body("supported", hasItem("header"));
    admin.use(Map.of("id", id, "as", "xml")).statusCode(422).body("errors[0].field", is("as"));
  }

  static Stream<PublicJsonWebKey> recipients() throws JoseException {
    return Stream.of(
        EcJwkGenerator.generateJwk(EllipticCurves.P256),
        OkpJwkGenerator.generateJwk("X25519"),
        RsaJwkGenerator.generateJwk(2048));
  }

  @ParameterizedTest
  @MethodSource("recipients")
  void encryptsToARecipient(PublicJsonWebKey recipient) throws JoseException {
    String id = admin.created("jwe", KEY);
    String jwe =
        admin
            .use(
                Map.of(
                    "id",
                    id,
                    "recipient",
                    recipient.toParams(JsonWebKey.OutputControlLevel.PUBLIC_ONLY)))
            .statusCode(200)
            .body("fields", nullValue())
            .body(not(containsString(KEY)))
            .extract()
            .path("jwe");
    JsonWebEncryption decryption = new JsonWebEncryption();
    decryption.setCompactSerialization(jwe);
    decryption.setKey(recipient.getPrivateKey());
    assertThat(decryption.getPlaintextString()).isEqualTo("{\"api_key\":\"" + KEY + "\"}");
    assertThat(decryption.getHeaders().getFullHeaderAsJsonString()).contains("A256GCM");
  }

  static Stream<Map<String, Object>> unfitRecipients() throws JoseException {
    PublicJsonWebKey small = RsaJwkGenerator.generateJwk(1024);
    PublicJsonWebKey p384 = EcJwkGenerator.generateJwk(EllipticCurves.P384);
    PublicJsonWebKey mine = EcJwkGenerator.generateJwk(EllipticCurves.P256);
    return Stream.of(
        small.toParams(JsonWebKey.OutputControlLevel.PUBLIC_ONLY),
        p384.toParams(JsonWebKey.OutputControlLevel.PUBLIC_ONLY),
        mine.toParams(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE),
        Map.of("kty", "oct", "k", "AAAA"),
        Map.of("kty", "EC", "crv", "P-256", "x", "AAAA", "y", "AAAA"),
        rsa(odd(4097), BigInteger.valueOf(65_537)),
        rsa(odd(2048).clearBit(0), BigInteger.valueOf(65_537)),
        rsa(odd(2048), odd(2040)),
        rsa(odd(2048), odd(33)),
        rsa(odd(2048), BigInteger.valueOf(65_536)),
        rsa(odd(2048), BigInteger.ONE),
        Map.of("kty", List.of("EC")),
        Map.of());
  }

  private static BigInteger odd(int bits) {
    return new BigInteger(bits, new Random(1)).setBit(bits - 1).setBit(0);
  }

  private static Map<String, Object> rsa(BigInteger modulus, BigInteger exponent) {
    return Map.of(
        "kty",
        "RSA",
        "n",
        BigEndianBigInteger.toBase64Url(modulus),
        "e",
        BigEndianBigInteger.toBase64Url(exponent));
  }

  @ParameterizedTest
  @MethodSource("unfitRecipients")
  void refusesARecipientOfAnotherKind(Map<String, Object> recipient) {
    String id = admin.created("jwe", KEY);
    admin
        .use(Map.of("id", id, "recipient", recipient))
        .statusCode(422)
        .body("errors[0].field", is("recipient"));
  }
}
