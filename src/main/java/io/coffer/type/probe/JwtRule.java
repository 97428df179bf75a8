package io.coffer.type.probe;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON web token that the call makes and signs with RS256 (RFC 7515, RFC 7518 section 3.3); times
 * of issue and end are added. Texts may hold fields in braces.
 *
 * @param key the private key in PEM
 * @param passphrase what opens the key; null if nothing does
 * @param header further members of the header
 * @param claims what the token says
 * @param seconds how long it holds
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record JwtRule(
    String key,
    @Nullable String passphrase,
    Map<String, String> header,
    Map<String, String> claims,
    int seconds) {

  public JwtRule {
    header = Absent.map(header);
    claims = Absent.map(claims);
  }
}
