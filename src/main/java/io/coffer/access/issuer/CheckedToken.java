package io.coffer.access.issuer;

import java.time.Instant;
import java.util.Map;

/**
 * What an accepted token says.
 *
 * @param issuerName the configured name of the issuer
 * @param issuer the name under which the issuer's people and workloads are stored
 * @param subject the issuer's name for the caller
 * @param claims all claims
 * @param usableUntil when it stops being accepted
 */
public record CheckedToken(
    String issuerName,
    String issuer,
    String subject,
    Map<String, Object> claims,
    Instant usableUntil) {

  public CheckedToken {
    claims = Map.copyOf(claims);
  }

  @Override
  public String toString() {
    return "CheckedToken[" + issuer + ' ' + subject + ']';
  }
}
