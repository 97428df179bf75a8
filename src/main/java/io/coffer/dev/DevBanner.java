package io.coffer.dev;

import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/** Says at every start in dev mode what of it is not for production. */
@ApplicationScoped
@IfBuildProfile("dev")
class DevBanner {

  private static final Logger LOG = Logger.getLogger(DevBanner.class);

  private static final String TEXT =
      """


      ======================================================================
       Coffer in dev mode: NOT FOR PRODUCTION
         database   embedded, its files under .coffer/
         identity   a lightweight issuer that asks for no password
                    (alice is admin, bob may use)
         keys       in a file under .coffer/, not in a key management service
         traffic    plain HTTP
       How to go to production stands in README.md. Everything else stands at /
      ======================================================================
      """;

  void show(@Observes StartupEvent event) {
    LOG.warn(TEXT);
  }
}
