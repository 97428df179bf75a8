package io.coffer.kms.aws;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/**
 * What Coffer adds to the {@code quarkus.kms} configuration of region, credentials and endpoint.
 */
@ConfigMapping(prefix = "coffer.kms.aws")
public interface AwsKmsConfig {

  /** Lets production talk to an endpoint over plain HTTP, where everybody on the way reads keys. */
  @WithDefault("false")
  boolean allowPlainHttp();
}
