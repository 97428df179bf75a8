package io.coffer.activity;

import io.netty.channel.EventLoop;
import io.vertx.core.impl.ContextInternal;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Lets callers go on where they came from, one task per event loop for a whole group and not one
 * per caller.
 */
final class Resuming {

  private final Executor elsewhere;

  /**
   * @param elsewhere where callers without a context of Vert.x go on
   */
  Resuming(Executor elsewhere) {
    this.elsewhere = elsewhere;
  }

  /**
   * Ends the wait of those whose wait has not ended.
   *
   * @param failure null: their events are durable
   */
  void resume(List<Waiting> callers, @Nullable ActivityFailure failure) {
    Map<EventLoop, List<Waiting>> loops = new IdentityHashMap<>();
    for (Waiting caller : callers) {
      if (caller.end()) {
        ContextInternal context = caller.context();
        if (context == null) {
          elsewhere.execute(() -> caller.tell(failure));
        } else if (!context.isEventLoopContext()) {
          context.runOnContext(_ -> caller.tell(failure));
        } else {
          loops.computeIfAbsent(context.nettyEventLoop(), _ -> new ArrayList<>()).add(caller);
        }
      }
    }
    loops.forEach((loop, those) -> loop.execute(() -> tellAll(those, failure)));
  }

  private static void tellAll(List<Waiting> callers, @Nullable ActivityFailure failure) {
    for (Waiting caller : callers) {
      ContextInternal context = caller.context();
      if (context != null) {
        context.dispatch(_ -> caller.tell(failure));
      }
    }
  }
}
