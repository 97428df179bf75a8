package io.coffer.kms;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A bounded stock of keys made ahead, each of which seals one value of the organization. */
final class SingleUseSupply implements KeySupply {

  /** How many keys are made at once: a refill should not use up the provider's rate. */
  private static final int AT_ONCE = 4;

  private final UUID organization;
  private final SupplyContext context;
  private final int size;
  private final Duration unusedFor;
  private final Deque<HeldKey> stock = new ArrayDeque<>();
  private boolean closed;

  SingleUseSupply(UUID organization, SupplyContext context, KeysConfig config) {
    this.organization = organization;
    this.context = context;
    this.size = Math.max(1, config.stock());
    this.unusedFor = config.keepFor();
  }

  @Override
  public synchronized @Nullable HeldKey poll() {
    return stock.poll();
  }

  /**
   * Until here the table says that the key sealed nothing, so that what a process leaves behind can
   * be told from keys of values and is cleared away.
   */
  @Override
  public Uni<Boolean> claim(HeldKey key) {
    return context
        .store()
        .useOnce(key.id())
        .invoke(
            claimed -> {
              if (claimed) {
                // A value is usually read soon after it was written.
                context.made(key);
              } else {
                key.release();
              }
            })
        .onFailure()
        .invoke(key::release);
  }

  @Override
  public synchronized boolean isLow() {
    return stock.size() <= size / 2;
  }

  @Override
  public synchronized boolean hasKeys() {
    return !stock.isEmpty();
  }

  @Override
  public Uni<Void> refill() {
    context.inBackground(
        context.store().clearUnused(organization, context.clock().instant().minus(unusedFor)));
    AtomicReference<@Nullable Throwable> failed = new AtomicReference<>();
    return context
        .kek(organization)
        .flatMap(
            kek ->
                Multi.createFrom()
                    .range(0, missing())
                    .onItem()
                    .transformToUni(
                        _ ->
                            makeOne(kek)
                                .onFailure()
                                .invoke(failed::set)
                                .onFailure()
                                .recoverWithNull())
                    .merge(AT_ONCE)
                    .collect()
                    .last())
        .flatMap(_ -> outcome(failed.get()));
  }

  private static Uni<Void> outcome(@Nullable Throwable failure) {
    return failure == null ? Uni.createFrom().voidItem() : Uni.createFrom().failure(failure);
  }

  private Uni<Void> makeOne(KeyRef kek) {
    // Its time is over at once: no later process may seal a second value with it.
    return context
        .maker()
        .make(organization, KeyPurpose.VALUES, kek, 0, context.clock().instant())
        .invoke(this::keep)
        .replaceWithVoid();
  }

  private synchronized int missing() {
    return Math.max(0, size - stock.size());
  }

  private synchronized void keep(HeldKey key) {
    if (closed) {
      key.release();
    } else {
      stock.add(key);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    stock.forEach(HeldKey::release);
    stock.clear();
  }
}
