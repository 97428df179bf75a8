package io.coffer.kms;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/**
 * Brings every answer back to the Vert.x context that subscribed, if there is one: the providers'
 * clients and the timers answer on threads of their own, where a database session must not be used.
 */
final class CallerContextKms extends DecoratedKms {

  CallerContextKms(Kms delegate) {
    super(delegate);
  }

  @Override
  <T> Uni<T> around(KmsOperation operation, Supplier<Uni<T>> call) {
    return Uni.createFrom()
        .deferred(
            () -> {
              Context context = Vertx.currentContext();
              Uni<T> answer = call.get();
              return context == null
                  ? answer
                  : answer.emitOn(command -> context.runOnContext(_ -> command.run()));
            });
  }
}
