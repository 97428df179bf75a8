package io.coffer.access;

import io.quarkus.arc.DefaultBean;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Stands in where nothing records durably: it only logs who did what. */
@DefaultBean
@ApplicationScoped
class UnrecordedEvents implements Recorder {

  private static final Logger LOG = Logger.getLogger(UnrecordedEvents.class);

  @Override
  public Uni<Void> record(AccessEvent event) {
    return Uni.createFrom()
        .voidItem()
        .invoke(
            () ->
                LOG.debugf(
                    "%s of credential %s in organization %s: %s",
                    event.action(), event.credential(), event.organization(), event.outcome()));
  }
}
