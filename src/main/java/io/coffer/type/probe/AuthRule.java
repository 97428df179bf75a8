package io.coffer.type.probe;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a call is signed. Which members are set depends on the kind; each may hold fields in braces.
 *
 * @param kind the way
 * @param token of {@code bearer} (RFC 6750)
 * @param user of {@code basic} (RFC 7617)
 * @param password of {@code basic}
 * @param service of {@code sigv4}, the service that the signature is for
 * @param region of {@code sigv4}
 * @param keyId of {@code sigv4}, the id of the access key
 * @param secretKey of {@code sigv4}
 * @param sessionToken of {@code sigv4}, left out if its field is not set
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AuthRule(
    Kind kind,
    @Nullable String token,
    @Nullable String user,
    @Nullable String password,
    @Nullable String service,
    @Nullable String region,
    @Nullable String keyId,
    @Nullable String secretKey,
    @Nullable String sessionToken) {

  /** The ways to sign a call. */
  public enum Kind {
    /** As the {@code header} of the type says. */
    HEADER,
    BEARER,
    BASIC,
    /** AWS Signature Version 4. */
    SIGV4;

    /** The word that stands in packs. */
    @JsonValue
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
