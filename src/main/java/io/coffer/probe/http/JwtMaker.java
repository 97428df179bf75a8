package io.coffer.probe.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.coffer.probe.Reason;
import io.coffer.secret.SecretValue;
import io.coffer.type.key.KeyRefusal;
import io.coffer.type.key.RsaKey;
import io.coffer.type.probe.JwtRule;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Makes assertions signed by RS256 (RFC 7515, RFC 7519). It computes: never on an event loop. */
final class JwtMaker {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  /** The name under which claims find the digest of the public key, as Snowflake wants it. */
  private static final String FINGERPRINT = "public_key_sha256";

  private JwtMaker() {}

  /**
   * Makes an assertion, which the caller closes.
   *
   * @throws CannotPlan if a field is missing, or the key is none that signs
   */
  static SecretValue make(JwtRule rule, Filler filler, Instant now) {
    RsaKey key = open(rule, filler);
    filler.know(FINGERPRINT, SecretValue.ofText(fingerprint(key.publicKey())));
    Map<String, Object> header = new LinkedHashMap<>(Map.of("alg", "RS256", "typ", "JWT"));
    rule.header().forEach((name, template) -> put(header, name, filler.text(template)));
    Map<String, Object> claims = new LinkedHashMap<>();
    rule.claims().forEach((name, template) -> put(claims, name, filler.text(template)));
    claims.put("iat", now.getEpochSecond());
    claims.put("exp", now.getEpochSecond() + rule.seconds());
    return sign(key, json(header), json(claims));
  }

  /** The compact form (RFC 7515, section 7.1). */
  static SecretValue sign(RsaKey key, byte[] header, byte[] claims) {
    String signed = BASE64.encodeToString(header) + "." + BASE64.encodeToString(claims);
    byte[] signature = key.sign(signed.getBytes(StandardCharsets.US_ASCII));
    return SecretValue.ofText(signed + "." + BASE64.encodeToString(signature));
  }

  private static void put(Map<String, Object> members, String name, Optional<String> value) {
    members.put(name, value.orElseThrow(() -> new CannotPlan(Reason.INCOMPLETE)));
  }

  private static RsaKey open(JwtRule rule, Filler filler) {
    String passphrase = rule.passphrase();
    Optional<SecretValue> words = passphrase == null ? Optional.empty() : filler.fill(passphrase);
    try (SecretValue pem = filler.need(rule.key())) {
      // Keys out of JSON documents that went through a shell have their line breaks spelled out.
      return RsaKey.open(pem.revealText().replace("\\n", "\n"), words.orElse(null));
    } catch (KeyRefusal refusal) {
      throw new CannotPlan(Reason.INCOMPLETE);
    } finally {
      words.ifPresent(SecretValue::close);
    }
  }

  private static String fingerprint(byte[] publicKey) {
    try {
      return Base64.getEncoder()
          .encodeToString(MessageDigest.getInstance("SHA-256").digest(publicKey));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static byte[] json(Map<String, Object> members) {
    try {
      return JSON.writeValueAsBytes(members);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts and numbers can always be written");
    }
  }
}
