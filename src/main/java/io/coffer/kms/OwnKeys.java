package io.coffer.kms;

import io.coffer.access.OrganizationKeys;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** Asks the configured providers about keys that organizations want to have of their own. */
@ApplicationScoped
class OwnKeys implements OrganizationKeys {

  private final KmsProviders providers;

  OwnKeys(KmsProviders providers) {
    this.providers = providers;
  }

  @Override
  public Uni<Verdict> check(String provider, String keyId) {
    if (!providers.configured().contains(provider)) {
      return Uni.createFrom().item(Verdict.UNKNOWN_PROVIDER);
    }
    KeyRef key = new KeyRef(provider, keyId);
    return providers
        .of(key)
        .describe(key)
        .map(description -> description.usable() ? Verdict.USABLE : Verdict.UNUSABLE)
        .onFailure(OwnKeys::isVerdict)
        .recoverWithItem(OwnKeys::verdict);
  }

  @Override
  public Set<String> providers() {
    return providers.configured();
  }

  private static boolean isVerdict(Throwable failure) {
    return failure instanceof KmsFailure.UnknownKey
        || failure instanceof KmsFailure.Denied
        || failure instanceof KmsFailure.Misconfigured
        || failure instanceof KmsFailure.KeyDisabled;
  }

  private static Verdict verdict(Throwable failure) {
    return failure instanceof KmsFailure.KeyDisabled ? Verdict.UNUSABLE : Verdict.UNKNOWN_KEY;
  }
}
