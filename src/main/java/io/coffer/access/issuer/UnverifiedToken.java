package io.coffer.access.issuer;

import io.coffer.access.issuer.IdentityFailure.TokenRefused;
import io.coffer.access.issuer.IdentityFailure.TokenRefused.Reason;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What a token says before anything of it was proven: enough to find who could prove it.
 *
 * @param compact the token as it was sent
 */
record UnverifiedToken(
    String compact,
    String issuer,
    String algorithm,
    @Nullable String keyId,
    @Nullable String type) {

  // Header limits of the server keep tokens below this; session cookies may bring more.
  private static final int MAX_LENGTH = 16 * 1024;

  /**
   * Reads the header and the issuer.
   *
   * @throws TokenRefused if it is no signed JWT in compact form (RFC 7515, section 7.1)
   */
  static UnverifiedToken read(String compact) {
    String[] parts = compact.split("\\.", -1);
    if (compact.length() > MAX_LENGTH || parts.length != 3) {
      throw new TokenRefused(Reason.MALFORMED);
    }
    try {
      JsonObject header = decode(parts[0]);
      String algorithm = header.getString("alg");
      String issuer = decode(parts[1]).getString("iss");
      if (algorithm == null || issuer == null) {
        throw new TokenRefused(Reason.MALFORMED);
      }
      return new UnverifiedToken(
          compact, issuer, algorithm, header.getString("kid"), header.getString("typ"));
    } catch (DecodeException | IllegalArgumentException | ClassCastException e) {
      throw new TokenRefused(Reason.MALFORMED);
    }
  }

  private static JsonObject decode(String part) {
    return new JsonObject(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "UnverifiedToken[" + issuer + ']';
  }
}
