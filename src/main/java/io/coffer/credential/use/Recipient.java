package io.coffer.credential.use;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.coffer.credential.CredentialFailure.InvalidRequest;
import io.coffer.secret.SecretValue;
import java.math.BigInteger;
import java.security.Key;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Map;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwe.ContentEncryptionAlgorithmIdentifiers;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.jwe.KeyManagementAlgorithmIdentifiers;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.OctetKeyPairJsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * The public key that an answer is encrypted to (JWE, RFC 7516), so that nothing between the two
 * reads it. ECDH-ES+A256KW on P-256 or X25519 (RFC 7518, RFC 8037), or RSA-OAEP-256 from 2048 to
 * 4096 bits with a small public exponent; content always under A256GCM and never compressed.
 */
final class Recipient {

  private static final int MIN_RSA_BITS = 2048;
  private static final int MAX_RSA_BITS = 4096;

  /** The cost of an encryption grows with the exponent; the usual one has 17 bits. */
  private static final int MAX_EXPONENT_BITS = 32;

  private static final int COORDINATE_CHARACTERS = 43;
  private static final int MAX_KEY_ID = 256;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Key key;
  private final String algorithm;
  private final @Nullable String keyId;

  private Recipient(Key key, String algorithm, @Nullable String keyId) {
    this.key = key;
    this.algorithm = algorithm;
    this.keyId = keyId;
  }

  /**
   * Reads a public JWK (RFC 7517).
   *
   * @throws InvalidRequest if it is no key of a supported kind, or a private one
   */
  static Recipient of(JsonNode jwk) {
    try {
      Map<String, Object> members =
          MAPPER.convertValue(
              jwk, MAPPER.getTypeFactory().constructMapType(Map.class, String.class, Object.class));
      if (members.containsKey("d") || members.containsKey("k")) {
        throw refused("public", "It must be a public key: never send a private one.");
      }
      JsonWebKey read = JsonWebKey.Factory.newJwk(members);
      requireForEncryption(read);
      return switch (read) {
        case EllipticCurveJsonWebKey key
            when key.getCurveName().equals("P-256")
                && isCoordinate(members.get("x"))
                && isCoordinate(members.get("y")) ->
            new Recipient(
                key.getECPublicKey(), KeyManagementAlgorithmIdentifiers.ECDH_ES_A256KW, id(key));
        case OctetKeyPairJsonWebKey key
            when "X25519".equals(members.get("crv")) && isCoordinate(members.get("x")) ->
            new Recipient(
                key.getPublicKey(), KeyManagementAlgorithmIdentifiers.ECDH_ES_A256KW, id(key));
        case RsaJsonWebKey key when isFit(key.getRsaPublicKey()) ->
            new Recipient(
                key.getRsaPublicKey(), KeyManagementAlgorithmIdentifiers.RSA_OAEP_256, id(key));
        default -> throw unsupported();
      };
    } catch (JoseException
        | IllegalArgumentException
        | ClassCastException
        | IndexOutOfBoundsException e) {
      // The last is what the library makes of an empty coordinate.
      throw unsupported();
    }
  }

  /** The rendered value, the JSON object that stands under its form's name in the clear. */
  String encrypt(UsedValue value) {
    try (SecretValue json = value.rendered().json()) {
      byte[] content = json.revealBytes();
      try {
        return encrypt(content);
      } finally {
        Arrays.fill(content, (byte) 0);
      }
    }
  }

  private String encrypt(byte[] content) {
    try {
      JsonWebEncryption jwe = new JsonWebEncryption();
      jwe.setAlgorithmConstraints(
          new AlgorithmConstraints(
              ConstraintType.PERMIT,
              KeyManagementAlgorithmIdentifiers.ECDH_ES_A256KW,
              KeyManagementAlgorithmIdentifiers.RSA_OAEP_256));
      jwe.setAlgorithmHeaderValue(algorithm);
      jwe.setEncryptionMethodHeaderParameter(ContentEncryptionAlgorithmIdentifiers.AES_256_GCM);
      jwe.setContentTypeHeaderValue("application/json");
      if (keyId != null) {
        jwe.setKeyIdHeaderValue(keyId);
      }
      jwe.setKey(key);
      jwe.setPlaintext(content);
      return jwe.getCompactSerialization();
    } catch (JoseException e) {
      // Without the cause: what a library says about a payload is not ours to know.
      throw unsupported();
    }
  }

  private static void requireForEncryption(JsonWebKey key) {
    String use = key.getUse();
    String algorithm = key.getAlgorithm();
    if (use != null && !use.equals("enc")) {
      throw refused("use", "A key with the member use must be for encryption: enc.");
    }
    if (algorithm != null
        && !algorithm.equals(KeyManagementAlgorithmIdentifiers.ECDH_ES_A256KW)
        && !algorithm.equals(KeyManagementAlgorithmIdentifiers.RSA_OAEP_256)) {
      throw unsupported();
    }
    if (key.getKeyId() != null && key.getKeyId().length() > MAX_KEY_ID) {
      throw refused("max_length", "Its kid must not be longer than 256 characters.");
    }
  }

  private static boolean isFit(RSAPublicKey key) {
    int bits = key.getModulus().bitLength();
    BigInteger exponent = key.getPublicExponent();
    return bits >= MIN_RSA_BITS
        && bits <= MAX_RSA_BITS
        && key.getModulus().testBit(0)
        && exponent.testBit(0)
        && exponent.compareTo(BigInteger.ONE) > 0
        && exponent.bitLength() <= MAX_EXPONENT_BITS;
  }

  /** Whether it is 32 bytes in base64url (RFC 7518, section 6.2.1.2; RFC 8037, section 2). */
  private static boolean isCoordinate(@Nullable Object member) {
    return member instanceof String text && text.length() == COORDINATE_CHARACTERS;
  }

  private static @Nullable String id(PublicJsonWebKey key) {
    return key.getKeyId();
  }

  private static InvalidRequest unsupported() {
    return refused(
        "supported",
        "It must be a public JWK on P-256 or X25519 for ECDH-ES+A256KW, or RSA of 2048 to 4096"
            + " bits with an odd exponent of 3 to 4294967295 for RSA-OAEP-256.");
  }

  private static InvalidRequest refused(String rule, String message) {
    return new InvalidRequest("recipient", rule, message);
  }
}
