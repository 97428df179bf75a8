package io.coffer.testing;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/**
 * Makes access tokens as the issuer of the tests would give them: {@code
 * TestTokens.of("alice").organization("acme").roles("admin").sign()}.
 */
public final class TestTokens {

  /** The audience that the application demands in tests. */
  public static final String AUDIENCE = "coffer";

  private final JwtClaims claims = new JwtClaims();
  private final PublicJsonWebKey key;
  private String algorithm = "RS256";
  private String type = "JWT";

  private TestTokens(String issuer, PublicJsonWebKey key, String subject) {
    this.key = key;
    claims.setIssuer(issuer);
    claims.setSubject(subject);
    claims.setAudience(AUDIENCE);
    claims.setJwtId(UUID.randomUUID().toString());
    claims.setStringClaim("preferred_username", subject);
    claims.setIssuedAtToNow();
    claims.setExpirationTimeMinutesInTheFuture(5);
  }

  /** A token of the issuer that the application trusts in tests, without organization and roles. */
  public static TestTokens of(String subject) {
    return signedBy(SharedTestIssuer.url(), SharedTestIssuer.key(), subject);
  }

  /** A token of the issuer {@code cluster}, whose claims speak for nothing. */
  public static TestTokens ofCluster(String subject) {
    return signedBy(SharedTestIssuer.clusterUrl(), SharedTestIssuer.clusterKey(), subject);
  }

  /** The name under which the people of the trusted issuer are stored. */
  public static String issuer() {
    return SharedTestIssuer.url();
  }

  /** The name under which the workloads of the issuer {@code cluster} are stored. */
  public static String clusterIssuer() {
    return SharedTestIssuer.clusterUrl();
  }

  /** A token that names this issuer and is signed with this key. */
  public static TestTokens signedBy(String issuer, PublicJsonWebKey key, String subject) {
    return new TestTokens(issuer, key, subject);
  }

  /** The issuer's name for the bearer. */
  public String subject() {
    try {
      return claims.getSubject();
    } catch (MalformedClaimException e) {
      throw new IllegalStateException(e);
    }
  }

  public TestTokens organization(String... slugs) {
    return slugs.length == 1
        ? claim("organization", slugs[0])
        : claim("organization", List.of(slugs));
  }

  public TestTokens roles(String... roles) {
    return claim("roles", List.of(roles));
  }

  public TestTokens audience(String audience) {
    claims.setAudience(audience);
    return this;
  }

  public TestTokens claim(String name, Object value) {
    claims.setClaim(name, value);
    return this;
  }

  public TestTokens without(String claim) {
    claims.unsetClaim(claim);
    return this;
  }

  public TestTokens issuedAt(Instant time) {
    claims.setIssuedAt(NumericDate.fromSeconds(time.getEpochSecond()));
    return this;
  }

  public TestTokens expiresAt(Instant time) {
    claims.setExpirationTime(NumericDate.fromSeconds(time.getEpochSecond()));
    return this;
  }

  /** The {@code typ} of the header. */
  public TestTokens type(String headerType) {
    type = headerType;
    return this;
  }

  public TestTokens algorithm(String headerAlgorithm) {
    algorithm = headerAlgorithm;
    return this;
  }

  /** The token in compact form, as it stands behind {@code Bearer}. */
  public String sign() {
    JsonWebSignature signature = new JsonWebSignature();
    signature.setPayload(claims.toJson());
    signature.setKey(key.getPrivateKey());
    signature.setKeyIdHeaderValue(key.getKeyId());
    signature.setAlgorithmHeaderValue(algorithm);
    signature.setHeader("typ", type);
    try {
      return signature.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }
}
