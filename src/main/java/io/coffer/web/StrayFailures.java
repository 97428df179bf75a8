package io.coffer.web;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/**
 * Logs failures that nobody waits for any more, for example those of a request whose client is
 * gone. The frameworks would log them whole, with messages that may quote a value.
 */
@ApplicationScoped
class StrayFailures {

  private static final Logger LOG = Logger.getLogger(StrayFailures.class);

  void start(@Observes StartupEvent event, Vertx vertx) {
    Infrastructure.setDroppedExceptionHandler(StrayFailures::log);
    vertx.exceptionHandler(StrayFailures::log);
  }

  private static void log(Throwable failure) {
    LOG.errorf("a failure that nobody waited for: %s", FailurePlaces.of(failure));
  }
}
