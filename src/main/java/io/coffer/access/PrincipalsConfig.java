package io.coffer.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How people are known who were announced before they came. */
@ConfigMapping(prefix = "coffer.principals")
public interface PrincipalsConfig {

  /**
   * The claim by which a newcomer is recognized as the placeholder that was made for it: one that
   * the provider controls, not its users. An {@code email} counts only if the token also says
   * {@code email_verified}.
   */
  @WithDefault("email")
  String bindClaim();

  /** For how long a placeholder waits; who comes later is somebody new. */
  @WithDefault("30d")
  Duration bindWithin();
}
