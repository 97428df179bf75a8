package io.coffer.kms;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** How data keys are used, made ahead and kept in memory. */
@ConfigMapping(prefix = "coffer.keys")
public interface KeysConfig {

  /** What one data key may seal. */
  enum Reuse {
    /** The values of one organization, for a bounded time and number of values. */
    ORGANIZATION,
    /** One value only; costs one call to the key management service per value. */
    NONE
  }

  /** Whether a data key seals many values of one organization, or one value. */
  @WithDefault("organization")
  Reuse reuse();

  /** How long a data key seals new values after its first use. It opens them for ever. */
  @WithDefault("24h")
  Duration sealFor();

  /** How many values a data key may seal. */
  @WithDefault("1048576")
  long maxValues();

  /** How many values a replica reserves at once; a crash loses at most so many of the count. */
  @WithDefault("4096")
  int reserve();

  /** How many keys are made ahead per organization that writes, if a key seals one value only. */
  @WithDefault("32")
  int stock();

  /** For how many organizations a replica holds keys to seal with. */
  @WithDefault("10000")
  int maxOrganizations();

  /**
   * After how long without a request an organization's keys made ahead are dropped from memory.
   * Keys for one value each that a process left behind unused are deleted after this time too.
   */
  @WithDefault("7d")
  Duration keepFor();

  /**
   * For how long beyond their age unwrapped keys still open values while the key management service
   * cannot be reached.
   */
  @WithDefault("1h")
  Duration serveStaleFor();

  /** How long a replica waits after a failed call before it asks for the same key again. */
  @WithDefault("5s")
  Duration pauseAfterFailure();

  /** The unwrapped keys in memory. */
  Cache cache();

  /**
   * Key-encryption keys of single organizations, by organization id: the provider, a colon and the
   * provider's key id, for example {@code aws:alias/acme}. Goes before what the organization's row
   * says, and before the default key.
   */
  Map<UUID, String> organizations();

  /** The unwrapped keys in memory. */
  interface Cache {

    /** How many unwrapped keys a replica holds. */
    @WithDefault("10000")
    int maxKeys();

    /**
     * For how long an unwrapped key is used before the key management service is asked again: the
     * time in which disabling a key-encryption key takes effect.
     */
    @WithDefault("15m")
    Duration maxAge();

    /** From which age on a key in use is refreshed in the background; less than the age bound. */
    @WithDefault("10m")
    Duration refreshAfter();

    /** How often an unwrapped key is used before the key management service is asked again. */
    @WithDefault("1048576")
    long maxUses();

    /** How many different keys may be waited for at once; more are refused as busy. */
    @WithDefault("256")
    int maxLoads();
  }
}
