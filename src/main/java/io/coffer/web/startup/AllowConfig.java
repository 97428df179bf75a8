package io.coffer.web.startup;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/**
 * Switches that each let the packaged application start with one unsafe setting. They are read
 * before the beans exist, by {@link UnsafeSettings}; this mapping declares and documents them.
 */
@ConfigMapping(prefix = "coffer.allow")
interface AllowConfig {

  /** Lets data keys be wrapped by a key in a local file instead of a key management service. */
  @WithDefault("false")
  boolean localKms();

  /** Lets the application start without a default key in the key management service. */
  @WithDefault("false")
  boolean missingKmsKey();

  /** Lets the key management service be called over plain HTTP. */
  @WithDefault("false")
  boolean httpKms();

  /** Lets an issuer of access tokens be reached over plain HTTP. */
  @WithDefault("false")
  boolean httpIssuer();

  /** Lets access tokens be accepted that name no audience. */
  @WithDefault("false")
  boolean anyAudience();

  /** Lets web pages of every origin call the API. */
  @WithDefault("false")
  boolean anyOrigin();

  /** Lets the connection to a database on another machine go without TLS. */
  @WithDefault("false")
  boolean plainDatabase();

  /** Lets certificates of other services go unchecked. */
  @WithDefault("false")
  boolean uncheckedCertificates();

  /** Lets log-in lead to the host that a request names, where no public address is set. */
  @WithDefault("false")
  boolean requestHost();

  /** Lets the public address be one of plain HTTP. */
  @WithDefault("false")
  boolean httpAddress();
}
