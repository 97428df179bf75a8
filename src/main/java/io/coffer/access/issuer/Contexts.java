package io.coffer.access.issuer;

import com.github.benmanes.caffeine.cache.AsyncCache;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Keeps shared work from moving its waiters to the context of the one who started it. */
public final class Contexts {

  private Contexts() {}

  /**
   * What a cache remembers, at once if it is there, else loaded once for all who want it.
   *
   * @param load finds the value; a failure is not remembered
   */
  public static <K, V> Uni<V> remembered(
      AsyncCache<K, V> cache, K key, Function<? super K, Uni<V>> load) {
    CompletableFuture<V> known = cache.getIfPresent(key);
    if (known != null && known.state() == Future.State.SUCCESS) {
      return Uni.createFrom().item(known.resultNow());
    }
    return resumeHere(
        Uni.createFrom()
            .completionStage(
                () ->
                    cache.get(key, (it, executor) -> load.apply(it).subscribeAsCompletionStage())));
  }

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
