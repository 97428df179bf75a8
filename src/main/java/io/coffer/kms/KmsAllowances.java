package io.coffer.kms;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The switches among those for unsafe settings that the providers look at themselves. */
@ConfigMapping(prefix = "coffer.allow")
public interface KmsAllowances {

  /** Lets data keys be wrapped by a key in a local file instead of a key management service. */
  @WithDefault("false")
  boolean localKms();

  /** Lets the key management service be called over plain HTTP. */
  @WithDefault("false")
  boolean httpKms();

  /** Lets the application start without a default key in the key management service. */
  @WithDefault("false")
  boolean missingKmsKey();
}
