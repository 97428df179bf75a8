package io.coffer.access;

import io.quarkus.arc.DefaultBean;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/** Stands in where nothing records durably: it only logs who did what. */
@DefaultBean
@ApplicationScoped
class UnrecordedEvents implements Recorder {

  private static final Logger LOG = Logger.getLogger(UnrecordedEvents.class);

  @Override
  public Uni<Void> record(AccessEvent event) {
    return Uni.createFrom().voidItem().invoke(() -> note(event));
  }

  @Override
  public void note(AccessEvent event) {
    LOG.debugf(
        "%s of %s in organization %s: %s",
        event.action(), event.target(), event.organization(), event.outcome());
  }

  @Override
  public Uni<Void> enlist(Mutiny.Session transaction, AccessEvent change) {
    return record(change);
  }

  @Override
  public Uni<Void> enlist(SqlClient transaction, AccessEvent change) {
    return record(change);
  }
}
