package io.coffer.kms;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/**
 * Runs at most one piece of work per key at a time: who asks meanwhile waits for the one under way.
 * Every waiter gets the outcome on the Vert.x context that it subscribed from.
 */
final class Single<K, T> {

  private final ConcurrentMap<K, Uni<T>> underWay = new ConcurrentHashMap<>();

  Uni<T> run(K key, Supplier<Uni<T>> work) {
    return Uni.createFrom()
        .deferred(
            () -> {
              Uni<T> shared = underWay.computeIfAbsent(key, k -> start(k, work));
              Context context = Vertx.currentContext();
              return context == null
                  ? shared
                  : shared.emitOn(command -> context.runOnContext(_ -> command.run()));
            });
  }

  boolean isRunning(K key) {
    return underWay.containsKey(key);
  }

  int size() {
    return underWay.size();
  }

  private Uni<T> start(K key, Supplier<Uni<T>> work) {
    return Uni.createFrom()
        .deferred(work::get)
        .onTermination()
        .invoke(() -> underWay.remove(key))
        .memoize()
        .indefinitely();
  }
}
