package io.coffer.kms;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The configured providers, each wrapped in deadline, retries, checks and metrics. */
@ApplicationScoped
public class KmsProviders {

  private static final String PROVIDER = "coffer.kms.provider";

  private final KmsConfig config;
  private final Map<String, KmsAdapter> adapters;
  private final KmsStack stack;
  private final Map<String, Kms> open = new ConcurrentHashMap<>();
  private volatile @Nullable KeyRef defaultKey;

  @Inject
  KmsProviders(
      KmsConfig config,
      @Any Instance<KmsAdapter> adapters,
      MeterRegistry registry,
      KmsHealth health) {
    this(
        config,
        adapters.stream(),
        new KmsStack(
            config,
            new KmsMetrics(registry),
            health,
            Infrastructure.getDefaultWorkerPool(),
            RandomGenerator.getDefault(),
            System::nanoTime));
  }

  KmsProviders(KmsConfig config, Stream<KmsAdapter> adapters, KmsStack stack) {
    this.config = config;
    this.adapters = adapters.collect(Collectors.toMap(KmsAdapter::provider, adapter -> adapter));
    this.stack = stack;
  }

  /** The providers that configuration names, the default one first. */
  public Set<String> configured() {
    Set<String> names = new LinkedHashSet<>();
    config.provider().ifPresent(names::add);
    config.also().ifPresent(names::addAll);
    return names;
  }

  /** The service that holds the key; if it is not configured here, every call fails and says so. */
  public Kms of(KeyRef key) {
    return of(key.provider()).orElse(AbsentKms.INSTANCE);
  }

  /**
   * The key that wraps new data keys where an organization names none; once the application has
   * started, under the full name that the provider gave it.
   *
   * @throws KmsSetupFailure if none is configured
   */
  public KeyRef defaultKey() {
    KeyRef known = defaultKey;
    return known != null ? known : configuredKey();
  }

  /** Whether configuration names a default key. */
  boolean hasDefaultKey() {
    return config.provider().isPresent() && config.keyId().isPresent();
  }

  void resolved(KeyRef key) {
    defaultKey = key;
  }

  /** Opens every configured provider, so that what cannot work is found at start. */
  void openAll() {
    for (String provider : configured()) {
      if (of(provider).isEmpty()) {
        throw new KmsSetupFailure(
            PROVIDER, "there is no provider '" + provider + "'", "Use one of " + names() + '.');
      }
    }
  }

  private KeyRef configuredKey() {
    String provider =
        config
            .provider()
            .orElseThrow(
                () -> new KmsSetupFailure(PROVIDER, "is not set", "Use one of " + names() + '.'));
    String key =
        config
            .keyId()
            .orElseThrow(
                () ->
                    new KmsSetupFailure(
                        "coffer.kms.key-id",
                        "is not set",
                        "Name the key that wraps the data keys, for aws its ARN."));
    return new KeyRef(provider, key);
  }

  private Optional<Kms> of(String provider) {
    KmsAdapter adapter = adapters.get(provider);
    if (adapter == null || !configured().contains(provider)) {
      return Optional.empty();
    }
    return Optional.of(open.computeIfAbsent(provider, name -> stack.around(name, adapter.open())));
  }

  private String names() {
    return adapters.keySet().stream().sorted().collect(Collectors.joining(", "));
  }
}
