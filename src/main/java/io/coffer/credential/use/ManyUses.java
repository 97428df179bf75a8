package io.coffer.credential.use;

import io.coffer.credential.use.UseAnswers.Outcome;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The uses that one request asks for, a few at a time. When one of them fails as a whole, those
 * under way end, no other begins, and every value that was opened is wiped. Used once.
 */
final class ManyUses {

  private final Queue<UsedValue> opened = new ConcurrentLinkedQueue<>();
  private final AtomicReference<@Nullable Throwable> trouble = new AtomicReference<>();

  /**
   * What came of the uses, in their order; the values in it are the subscriber's to close.
   *
   * @param atOnce how many are under way at a time
   * @return fails with the first failure
   */
  Uni<List<Outcome>> all(List<Uni<Outcome>> uses, int atOnce) {
    return Uni.join()
        .all(uses.stream().map(this::unlessInTrouble).toList())
        .usingConcurrencyOf(atOnce)
        .andFailFast()
        .flatMap(
            outcomes -> {
              Throwable first = trouble.get();
              if (first != null) {
                close();
                return Uni.createFrom().failure(first);
              }
              return Uni.createFrom().item(outcomes.stream().flatMap(Optional::stream).toList());
            })
        .onCancellation()
        .invoke(this::close);
  }

  private Uni<Optional<Outcome>> unlessInTrouble(Uni<Outcome> use) {
    return Uni.createFrom()
        .deferred(
            () ->
                trouble.get() != null
                    ? Uni.createFrom().item(Optional.<Outcome>empty())
                    : use.invoke(this::keep)
                        .map(Optional::of)
                        .onFailure()
                        .recoverWithItem(
                            failure -> {
                              trouble.compareAndSet(null, failure);
                              return Optional.empty();
                            }));
  }

  private void keep(Outcome outcome) {
    if (outcome instanceof Outcome.Given given) {
      opened.add(given.value());
    }
  }

  private void close() {
    opened.forEach(UsedValue::close);
  }
}
