package io.coffer.probe;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;

/** Waits for work that goes on when nobody waits any longer. */
public final class Waiting {

  private Waiting() {}

  /**
   * What comes of the work, on the caller's own context; empty if that takes longer.
   *
   * @param atMost more than nothing
   */
  public static <T> Uni<Optional<T>> atMost(Uni<T> work, Duration atMost) {
    Uni<T> shared = work.memoize().indefinitely();
    return onOwnContext(
        shared.map(Optional::of).ifNoItem().after(atMost).recoverWithItem(Optional::empty));
  }

  /** Whatever thread the work ends on, it is told where it was asked for. */
  static <T> Uni<T> onOwnContext(Uni<T> work) {
    return Uni.createFrom()
        .deferred(
            () -> {
              Context own = Vertx.currentContext();
              return own == null
                  ? work
                  : work.emitOn(command -> own.runOnContext(_ -> command.run()));
            });
  }
}
