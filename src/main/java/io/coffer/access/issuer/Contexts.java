package io.coffer.access.issuer;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** Keeps shared work from moving its waiters to the context of the one who started it. */
public final class Contexts {

  private Contexts() {}

  /** The same result, handed on in the Vert.x context of the subscriber if it has one. */
  public static <T> Uni<T> resumeHere(Uni<T> shared) {
    return Uni.createFrom()
        .deferred(
            () -> {
              Context mine = Vertx.currentContext();
              return mine == null
                  ? shared
                  : shared.emitOn(task -> mine.runOnContext(ignored -> task.run()));
            });
  }
}
