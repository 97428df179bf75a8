package io.coffer.access;

import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Asks who calls before anything else is looked at: to a caller without a token every path, method
 * and media type of the API answers alike, and no body is read for it.
 */
public final class CallersFirst {

  private static final int AFTER_THE_REQUEST_ID = 1;

  private final Callers callers;

  CallersFirst(Callers callers) {
    this.callers = callers;
  }

  /** Fails as {@link Callers#identified} does for a request of the API without a good token. */
  @ServerRequestFilter(preMatching = true, priority = AFTER_THE_REQUEST_ID)
  public Uni<Void> require(RoutingContext request) {
    return Authentication.isApi(request.normalizedPath())
        ? callers.token().replaceWithVoid()
        : Uni.createFrom().voidItem();
  }
}
