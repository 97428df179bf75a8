package io.coffer.kms;

import io.coffer.access.OrganizationSeen;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Puts the parts that work with data keys together. */
@Dependent
class KeyBeans {

  @Produces
  @Singleton
  DataKeys dataKeys(
      KmsProviders providers, DataKeyStore store, KeysConfig config, MeterRegistry registry) {
    Keks keks =
        new Keks(
            providers::defaultKey, Keks.parse(config.organizations()), store::keyOfOrganization);
    return new DataKeys(
        providers::of,
        store,
        keks,
        config,
        Clock.systemUTC(),
        System::nanoTime,
        new KeyMetrics(registry));
  }

  /** Data keys are there before the first request, and with them what dashboards see of them. */
  void start(@Observes StartupEvent event, Sealing sealing) {}

  void wipe(@Disposes DataKeys keys) {
    keys.close();
  }

  @Produces
  @Singleton
  Sealing sealing(DataKeys keys, MeterRegistry registry) {
    return new Sealing(keys, new KeyMetrics(registry));
  }

  @Produces
  @Singleton
  RowTags rowTags(DataKeys keys) {
    return new RowTags(keys);
  }

  @Produces
  @Singleton
  Rewrapping rewrapping(KmsProviders providers, DataKeyStore store, KekStore keks) {
    return new Rewrapping(providers::of, store, keks);
  }

  /** Keys for an organization are made as soon as it is met, so that its first create is quick. */
  void prepare(@Observes OrganizationSeen seen, Sealing sealing) {
    sealing.prepareInBackground(seen.organization());
  }
}
