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
       Welcome to Coffer. This is dev mode: NOT FOR PRODUCTION
         database   embedded, its files under .coffer/
         identity   a lightweight issuer that asks for no password:
                    alice is admin, bob may use, root is system_admin
         keys       in a file under .coffer/, not in a key management service
         egress     probes may call this machine and private networks
         traffic    plain HTTP; who is logged in is forgotten at the end
       What is where stands on the first page, at /
       A tour, and how to go to production, stand in README.md
      ======================================================================
      """;

  void show(@Observes StartupEvent event) {
    LOG.info(TEXT);
  }
}
