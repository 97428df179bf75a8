package io.coffer.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/** Log-in for browsers by authorization code, with the session kept in an encrypted cookie. */
@ConfigMapping(prefix = "coffer.login")
public interface LoginConfig {

  /** Whether browsers can log in here, at the issuer {@code default}. */
  @WithDefault("false")
  boolean enabled();

  /** This service's client id at the issuer. */
  @WithDefault("coffer-web")
  String clientId();

  /** This service's client secret at the issuer; without it the client is a public one. */
  Optional<String> clientSecret();

  /**
   * At least 32 characters from which the keys of the session cookie and of the CSRF tokens come;
   * the same on all replicas. Left out: made anew at each start, which production refuses.
   */
  Optional<String> cookieSecret();

  /** What to ask the issuer for, beside {@code openid}. */
  Optional<List<String>> scopes();
}
