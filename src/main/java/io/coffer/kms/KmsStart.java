package io.coffer.kms;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Proves the default key before anything is served, or keeps the application from starting. */
@ApplicationScoped
class KmsStart {

  private static final Logger LOG = Logger.getLogger(KmsStart.class);
  private static final String KEY_ID = "coffer.kms.key-id";
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final KmsProviders providers;
  private final KmsHealth health;
  private final KmsConfig config;
  private final KmsAllowances allowances;

  @Inject
  KmsStart(KmsProviders providers, KmsHealth health, KmsConfig config, KmsAllowances allowances) {
    this.allowances = allowances;
    this.providers = providers;
    this.health = health;
    this.config = config;
  }

  void prove(@Observes StartupEvent event) {
    providers.openAll();
    if (allowances.missingKmsKey() && config.keyId().isEmpty()) {
      // Every organization must then name a key of its own.
      LOG.warn(
          "no default key is configured: only organizations with a key of their own can store");
      health.defaultKey(null);
      return;
    }
    KeyRef configured = providers.defaultKey();
    Duration patience = config.startDeadline();
    try {
      KeyRef key =
          new KmsCanary(providers.of(configured))
              .prove(configured)
              .onFailure(KmsStart::mayPass)
              .retry()
              .withBackOff(PAUSE)
              .expireIn(patience.toMillis())
              .await()
              .atMost(patience.plus(config.deadline().multipliedBy(4)));
      providers.resolved(key);
      health.defaultKey(null);
      LOG.infof("data keys are wrapped by %s key %s", key.provider(), key.keyId());
    } catch (KmsFailure failure) {
      throw refusal(failure);
    } catch (RuntimeException gaveUp) {
      // Mutiny's own exceptions for an expired retry carry the last failure as their cause.
      throw gaveUp.getCause() instanceof KmsFailure failure ? refusal(failure) : gaveUp;
    }
  }

  private static boolean mayPass(Throwable failure) {
    return failure instanceof KmsFailure kmsFailure && kmsFailure.retryable();
  }

  static KmsSetupFailure refusal(KmsFailure failure) {
    String wrong = failure.getMessage() == null ? failure.label() : failure.getMessage();
    return switch (failure) {
      case KmsFailure.UnknownKey _ ->
          new KmsSetupFailure(KEY_ID, wrong, "Name a key that exists in this account and region.");
      case KmsFailure.KeyDisabled _ ->
          new KmsSetupFailure(KEY_ID, wrong, "Enable the key, or name another one.");
      case KmsFailure.Denied _ ->
          new KmsSetupFailure(
              KEY_ID, wrong, "Allow this identity to describe, generate, encrypt and decrypt.");
      case KmsFailure.Unauthenticated _ ->
          new KmsSetupFailure(
              "quarkus.kms.aws.credentials", wrong, "Give valid credentials, and set the clock.");
      case KmsFailure.Unavailable _, KmsFailure.Throttled _ ->
          new KmsSetupFailure(
              "quarkus.kms.endpoint-override", wrong, "See that the service can be reached.");
      case KmsFailure.Corrupt _,
          KmsFailure.WrongKey _,
          KmsFailure.Misconfigured _,
          KmsFailure.Unexpected _ ->
          new KmsSetupFailure(KEY_ID, wrong, "Name a symmetric key made for encryption.");
    };
  }
}
