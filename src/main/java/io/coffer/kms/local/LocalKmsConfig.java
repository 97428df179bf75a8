package io.coffer.kms.local;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** Where the key files of the local provider are. */
@ConfigMapping(prefix = "coffer.kms.local")
public interface LocalKmsConfig {

  /** The folder that holds one file per key, named {@code <key id>.key}, mode 0600. */
  @WithDefault(".coffer/kms")
  Path directory();

  /** Whether a key file that is missing is made; outside development and tests it is not. */
  @WithDefault("false")
  boolean create();
}
