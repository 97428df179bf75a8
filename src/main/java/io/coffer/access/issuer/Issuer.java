package io.coffer.access.issuer;

import io.coffer.access.issuer.IdentityConfig.IssuerConfig;
import io.coffer.access.issuer.IdentityFailure.TokenRefused;
import io.coffer.access.issuer.IdentityFailure.TokenRefused.Reason;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.InvalidJwtSignatureException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;

/** One issuer: checks the tokens that name it. */
final class Issuer {

  /** What only ID tokens carry (OpenID Connect Core 1.0, sections 2 and 3.3.2.11). */
  private static final Set<String> ID_TOKEN_CLAIMS = Set.of("at_hash", "c_hash", "s_hash", "nonce");

  private final String name;
  private final IssuerConfig config;
  private final IssuerKeys keys;
  private final Clock clock;
  private final Duration skew;

  /** An accepted token and the key that signed it. */
  record Accepted(Issuer issuer, CheckedToken token, JsonWebKey key) {

    /** Whether it would still be accepted, without checking the signature again. */
    boolean stillGood(Instant now) {
      KeySet published = issuer.keys.countingKeys();
      return now.isBefore(token.usableUntil()) && published != null && published.contains(key);
    }
  }

  Issuer(String name, IssuerConfig config, IssuerKeys keys, Clock clock, Duration skew) {
    this.name = name;
    this.config = config;
    this.keys = keys;
    this.clock = clock;
    this.skew = skew;
  }

  IssuerKeys keys() {
    return keys;
  }

  /** Checks a token; fails with an {@link IdentityFailure}. */
  Uni<Accepted> check(UnverifiedToken token) {
    checkHeader(token);
    return keys.current()
        .chain(
            known ->
                known.find(token.keyId(), token.algorithm()).isPresent()
                    ? Uni.createFrom().item(known)
                    : keys.afterPause())
        .map(known -> checkWith(known, token));
  }

  private void checkHeader(UnverifiedToken token) {
    if (!config.algorithms().contains(token.algorithm())) {
      throw new TokenRefused(Reason.WRONG_ALGORITHM);
    }
    String type = token.type() == null ? "none" : plainType(token.type());
    if (config.types().stream().noneMatch(accepted -> plainType(accepted).equals(type))) {
      throw new TokenRefused(Reason.WRONG_TYPE);
    }
  }

  /** RFC 7515, section 4.1.9: {@code application/} may be left out; case does not matter. */
  private static String plainType(String type) {
    String lower = type.toLowerCase(Locale.ROOT);
    return lower.startsWith("application/") ? lower.substring("application/".length()) : lower;
  }

  private Accepted checkWith(KeySet known, UnverifiedToken token) {
    JsonWebKey key =
        known
            .find(token.keyId(), token.algorithm())
            .orElseThrow(() -> new TokenRefused(Reason.UNKNOWN_KEY));
    Instant now = clock.instant();
    try {
      JwtClaims claims = verify(known.issuer(), key, token, now);
      refuseIdTokens(claims);
      Instant issued = Instant.ofEpochSecond(claims.getIssuedAt().getValue());
      Instant tooOld = issued.plus(config.maxTokenAge());
      if (!now.isBefore(tooOld)) {
        throw new TokenRefused(Reason.TOO_OLD);
      }
      if (issued.isAfter(now.plus(skew))) {
        throw new TokenRefused(Reason.NOT_YET_VALID);
      }
      Instant expires = Instant.ofEpochSecond(claims.getExpirationTime().getValue()).plus(skew);
      return new Accepted(this, checked(claims, expires.isBefore(tooOld) ? expires : tooOld), key);
    } catch (MalformedClaimException | DateTimeException | ArithmeticException e) {
      // The latter two: a time beyond what a clock can show.
      throw new TokenRefused(Reason.BAD_CLAIMS);
    } catch (InvalidJwtException e) {
      throw new TokenRefused(reasonOf(e));
    }
  }

  private CheckedToken checked(JwtClaims claims, Instant usableUntil)
      throws MalformedClaimException {
    String subject = claims.getSubject();
    boolean storable =
        subject.chars().noneMatch(Character::isISOControl)
            && StandardCharsets.UTF_8.newEncoder().canEncode(subject);
    if (subject.isBlank() || subject.length() > 512 || !storable) {
      throw new TokenRefused(Reason.BAD_CLAIMS);
    }
    String recorded = config.recordedAs().orElse(claims.getIssuer());
    return new CheckedToken(name, recorded, subject, claims.getClaimsMap(), usableUntil);
  }

  private JwtClaims verify(String issuer, JsonWebKey key, UnverifiedToken token, Instant now)
      throws InvalidJwtException {
    String[] audience = config.audience().orElse(Set.of()).toArray(String[]::new);
    return new JwtConsumerBuilder()
        .setVerificationKey(key.getKey())
        .setJwsAlgorithmConstraints(
            new AlgorithmConstraints(ConstraintType.PERMIT, token.algorithm()))
        .setExpectedIssuer(issuer)
        .setExpectedAudience(!config.allowMissingAudience(), audience)
        .setRequireSubject()
        .setRequireIssuedAt()
        .setRequireExpirationTime()
        .setAllowedClockSkewInSeconds(Math.toIntExact(skew.toSeconds()))
        .setEvaluationTime(NumericDate.fromMilliseconds(now.toEpochMilli()))
        .build()
        .processToClaims(token.compact());
  }

  private void refuseIdTokens(JwtClaims claims) {
    Object type = claims.getClaimValue("typ");
    boolean otherType = type != null && !config.tokenTypes().contains(type.toString());
    if (otherType || ID_TOKEN_CLAIMS.stream().anyMatch(claims::hasClaim)) {
      throw new TokenRefused(Reason.WRONG_TYPE);
    }
  }

  private static Reason reasonOf(InvalidJwtException failure) {
    if (failure instanceof InvalidJwtSignatureException) {
      return Reason.BAD_SIGNATURE;
    }
    if (failure.hasExpired()) {
      return Reason.EXPIRED;
    }
    if (failure.hasErrorCode(ErrorCodes.AUDIENCE_INVALID)
        || failure.hasErrorCode(ErrorCodes.AUDIENCE_MISSING)) {
      return Reason.WRONG_AUDIENCE;
    }
    if (failure.hasErrorCode(ErrorCodes.NOT_YET_VALID)
        || failure.hasErrorCode(ErrorCodes.ISSUED_AT_INVALID_FUTURE)) {
      return Reason.NOT_YET_VALID;
    }
    if (failure.hasErrorCode(ErrorCodes.ISSUER_INVALID)) {
      return Reason.UNKNOWN_ISSUER;
    }
    return Reason.BAD_CLAIMS;
  }
}
