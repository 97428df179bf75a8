package io.coffer.access;

import io.coffer.access.issuer.CheckedToken;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that prove that a changing request comes from a page of ours: a MAC over the session's
 * owner under a key that no other site has. Each is masked by random bytes of its own, so that
 * compression does not give it away.
 */
@ApplicationScoped
public class CsrfTokens {

  /** The header by which a page sends the token. */
  public static final String HEADER = "X-CSRF-Token";

  private static final int SALT_LENGTH = 16;
  private static final String ALGORITHM = "HmacSHA256";

  private final SecureRandom random = new SecureRandom();
  private final byte[] key;

  CsrfTokens(LoginConfig config) {
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    this.key =
        mac(
            config.cookieSecret().map(it -> it.getBytes(StandardCharsets.UTF_8)).orElse(secret),
            "coffer csrf v1".getBytes(StandardCharsets.US_ASCII));
  }

  /** A token for the session of this bearer. */
  public String issue(String issuer, String subject) {
    byte[] salt = new byte[SALT_LENGTH];
    random.nextBytes(salt);
    return encode(salt) + '.' + encode(macOf(salt, issuer, subject));
  }

  /** Whether the token was issued for the session of this bearer. */
  public boolean verify(@Nullable String token, CheckedToken bearer) {
    return verify(token, bearer.issuer(), bearer.subject());
  }

  /** Whether the token was issued for this visitor's session. */
  public boolean verify(@Nullable String token, Visitor visitor) {
    return verify(token, visitor.issuer(), visitor.subject());
  }

  private boolean verify(@Nullable String token, String issuer, String subject) {
    int dot = token == null ? -1 : token.indexOf('.');
    if (token == null || dot < 0) {
      return false;
    }
    try {
      byte[] salt = Base64.getUrlDecoder().decode(token.substring(0, dot));
      byte[] sent = Base64.getUrlDecoder().decode(token.substring(dot + 1));
      return salt.length == SALT_LENGTH
          && MessageDigest.isEqual(sent, macOf(salt, issuer, subject));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private byte[] macOf(byte[] salt, String issuer, String subject) {
    String session = encode(salt) + ' ' + issuer.length() + ' ' + issuer + subject;
    return mac(key, session.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] mac(byte[] key, byte[] message) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
