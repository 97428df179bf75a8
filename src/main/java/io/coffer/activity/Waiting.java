package io.coffer.activity;

import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.impl.ContextInternal;
import org.jspecify.annotations.Nullable;

/** A caller that waits for its event to be durable. Touched by the writer's thread alone. */
final class Waiting {

  private final EventContent event;
  private final UniEmitter<? super Void> caller;
  private final @Nullable ContextInternal context;
  private final long since;
  private boolean done;

  /**
   * @param context where the caller goes on; null: anywhere
   * @param since when it began to wait, in nanoseconds
   */
  Waiting(
      EventContent event,
      UniEmitter<? super Void> caller,
      @Nullable ContextInternal context,
      long since) {
    this.event = event;
    this.caller = caller;
    this.context = context;
    this.since = since;
  }

  EventContent event() {
    return event;
  }

  @Nullable ContextInternal context() {
    return context;
  }

  long since() {
    return since;
  }

  /** Whether this call is the one that ends the wait. */
  boolean end() {
    boolean first = !done;
    done = true;
    return first;
  }

  boolean isOver() {
    return done;
  }

  /** Lets the caller go on, on the thread that calls. */
  void tell(@Nullable ActivityFailure failure) {
    if (failure == null) {
      caller.complete(null);
    } else {
      caller.fail(failure);
    }
  }
}
