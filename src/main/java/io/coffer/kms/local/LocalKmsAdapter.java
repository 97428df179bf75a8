package io.coffer.kms.local;

import io.coffer.kms.Kms;
import io.coffer.kms.KmsAdapter;
import io.coffer.kms.KmsAllowances;
import io.coffer.kms.KmsConfig;
import io.coffer.kms.KmsSetupFailure;
import io.quarkus.runtime.LaunchMode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import org.jboss.logging.Logger;

/** Opens the local provider where it is allowed. */
@ApplicationScoped
class LocalKmsAdapter implements KmsAdapter {

  private static final Logger LOG = Logger.getLogger(LocalKmsAdapter.class);

  private final LocalKmsConfig config;
  private final KmsConfig general;
  private final KmsAllowances allowances;
  private final LaunchMode mode;

  @Inject
  LocalKmsAdapter(
      LocalKmsConfig config, KmsConfig general, KmsAllowances allowances, LaunchMode mode) {
    this.config = config;
    this.general = general;
    this.allowances = allowances;
    this.mode = mode;
  }

  @Override
  public String provider() {
    return LocalKms.PROVIDER;
  }

  @Override
  public Kms open() {
    boolean production = mode == LaunchMode.NORMAL;
    if (production && !allowances.localKms()) {
      throw new KmsSetupFailure(
          "coffer.kms.provider",
          "'local' keeps keys in a file and is not for production",
          "Use a key management service, or set coffer.allow.local-kms=true.");
    }
    KeyFiles files = new KeyFiles(config.directory());
    if (config.create() && !production && isDefault()) {
      general.keyId().ifPresent(files::create);
    }
    LOG.warn("keys are kept in local files: this is not for production");
    return new LocalKms(load(files));
  }

  private boolean isDefault() {
    return general.provider().filter(LocalKms.PROVIDER::equals).isPresent();
  }

  private static Map<String, WrappingKey> load(KeyFiles files) {
    Map<String, WrappingKey> keys = new HashMap<>();
    for (String name : files.names()) {
      files.read(name).ifPresent(key -> keys.put(name, new WrappingKey(key)));
    }
    return keys;
  }
}
