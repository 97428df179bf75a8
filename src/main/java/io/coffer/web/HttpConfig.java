package io.coffer.web;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Bounds of the requests to the API. */
@ConfigMapping(prefix = "coffer.http")
public interface HttpConfig {

  /**
   * How long a request may take, from its first byte on. One that has not arrived by then is
   * answered with 408, one that could not be answered with 503.
   */
  @WithDefault("30S")
  Duration deadline();

  /** The longest line of a request: its method and its address with the query. At most 32K. */
  @WithDefault("8K")
  MemorySize maxRequestLine();

  /** How large the headers of a request may be together. At most 64K. */
  @WithDefault("16K")
  MemorySize maxHeaders();

  /**
   * The address by which clients reach this service, such as {@code https://coffer.example.org},
   * without a slash at the end. Log-in, log-out, the metadata for OAuth clients and every other
   * address of its own are made from it. Without it they are made from the {@code Host} of each
   * request.
   */
  Optional<URI> publicAddress();
}
