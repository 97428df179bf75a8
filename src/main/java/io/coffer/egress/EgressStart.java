package io.coffer.egress;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Locale;
import org.jboss.logging.Logger;

/** Says at the start where calls may go. In dev mode the banner does. */
@ApplicationScoped
class EgressStart {

  private static final Logger LOG = Logger.getLogger(EgressStart.class);

  private final EgressPolicy policy;
  private final EgressConfig config;

  EgressStart(EgressPolicy policy, EgressConfig config) {
    this.policy = policy;
    this.config = config;
  }

  void tell(@Observes StartupEvent event) {
    if (LaunchMode.current() != LaunchMode.DEVELOPMENT) {
      LOG.infof(
          "outgoing calls: %s mixed-answers=%s",
          policy.describe(), config.mixedAnswers().name().toLowerCase(Locale.ROOT));
    }
    if (policy.allowMetadata()) {
      LOG.warn(
          "coffer.egress.allow-metadata is on: who may create a credential may reach the identity"
              + " of this machine where coffer.egress.allow opens it");
    }
  }
}
