package io.coffer.kms;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Where the key-encryption keys are, and how patiently they are asked for. */
@ConfigMapping(prefix = "coffer.kms")
public interface KmsConfig {

  /** The provider whose key wraps new data keys: {@code aws} or {@code local}. */
  Optional<String> provider();

  /**
   * The key that wraps new data keys: for {@code aws} a key id, ARN or alias, for {@code local} the
   * name of a key file.
   */
  Optional<String> keyId();

  /** Further providers that still hold keys of stored data, for example while moving away. */
  Optional<Set<String>> also();

  /** How long one request may take, its retries included. */
  @WithDefault("5s")
  Duration deadline();

  /** How long one call to the provider may take. */
  @WithDefault("2s")
  Duration attemptDeadline();

  /** How long the start waits for a provider that cannot be reached before it gives up. */
  @WithDefault("30s")
  Duration startDeadline();

  /** How calls are repeated. */
  Retry retry();

  /** How the state of the provider is watched. */
  Watch watch();

  /** How calls are repeated. */
  interface Retry {

    /** The most calls for one request, the first included. */
    @WithDefault("3")
    int attempts();

    /** The upper bound of the random first pause; it doubles with each attempt. */
    @WithDefault("100ms")
    Duration firstPause();

    /** The upper bound of every pause. */
    @WithDefault("1s")
    Duration longestPause();

    /** How many retries may be made in a row without a success; successes refill it slowly. */
    @WithDefault("20")
    int budget();
  }

  /** How the state of the provider is watched. */
  interface Watch {

    /** How long a good state is believed without a call before the key is looked at again. */
    @WithDefault("30s")
    Duration interval();

    /** How often the key is looked at while the provider is down. */
    @WithDefault("5s")
    Duration intervalWhenDown();
  }
}
