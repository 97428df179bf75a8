package io.coffer.kms;

import io.coffer.crypto.UnsealFailure;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One key for many values of an organization, and a second one made ahead that takes over when the
 * first is used up or too old. The second one's time starts with its first use, so that an
 * organization that was idle for days still creates without the provider.
 */
final class SharedKeySupply implements KeySupply {

  private final UUID organization;
  private final SupplyContext context;
  private final Duration sealFor;
  private final long block;
  private final long limit;

  private @Nullable Ration current;
  private @Nullable Ration next;
  private boolean closed;

  SharedKeySupply(UUID organization, SupplyContext context, KeysConfig config) {
    this.organization = organization;
    this.context = context;
    this.sealFor = config.sealFor();
    this.limit = config.maxValues();
    // Never one alone: a key whose count says one is taken for the key of a single value.
    this.block = Math.min(Math.max(2, config.reserve()), limit);
  }

  @Override
  public synchronized @Nullable HeldKey poll() {
    long now = context.nanos();
    Ration ration = current;
    if (ration == null || ration.expired(now) || !ration.take()) {
      ration = promote(now);
      if (ration == null || !ration.take()) {
        return null;
      }
    }
    return ration.key().hold() ? ration.key() : null;
  }

  @Override
  public synchronized boolean isLow() {
    return current == null
        || next == null
        || current.expired(context.nanos())
        || reservationDue(current);
  }

  @Override
  public Uni<Void> refill() {
    return hasKeys() ? reserveMore().chain(this::makeNext) : makeCurrent();
  }

  @Override
  public synchronized boolean hasKeys() {
    return next != null
        || current != null && !current.expired(context.nanos()) && current.left() > 0;
  }

  /** The key made ahead comes into use, if there is one. */
  private @Nullable Ration promote(long now) {
    Ration promoted = next;
    if (promoted == null) {
      return null;
    }
    next = null;
    drop(current);
    current = promoted;
    promoted.sealUntil(now + sealFor.toNanos());
    Instant until = context.clock().instant().plus(sealFor);
    context.inBackground(context.store().inUse(promoted.key().id(), until));
    return promoted;
  }

  private Uni<Void> reserveMore() {
    Ration due = dueForReservation();
    if (due == null) {
      return Uni.createFrom().voidItem();
    }
    return context
        .store()
        .reserve(due.key().id(), block, limit)
        .invoke(
            granted -> {
              if (granted) {
                due.reserved(block);
              } else {
                due.exhaust();
              }
            })
        .replaceWithVoid();
  }

  private synchronized @Nullable Ration dueForReservation() {
    return current != null && reservationDue(current) && !current.expired(context.nanos())
        ? current
        : null;
  }

  private boolean reservationDue(Ration ration) {
    return !ration.isExhausted() && ration.left() <= block / 4;
  }

  private Uni<Void> makeCurrent() {
    return context
        .kek(organization)
        .flatMap(kek -> takeOver(kek).flatMap(taken -> taken ? done() : makeFirst(kek)));
  }

  /** What an earlier process left with time and room goes on being used. */
  private Uni<Boolean> takeOver(KeyRef kek) {
    // A key about to expire is not worth a call to the provider.
    Instant atLeastUntil = context.clock().instant().plus(sealFor.dividedBy(4));
    return context
        .store()
        .leftBehind(organization, kek, block, limit, atLeastUntil)
        .flatMap(found -> found.isEmpty() ? Uni.createFrom().item(false) : open(found.get()));
  }

  private Uni<Boolean> open(UUID left) {
    return context
        .open(left)
        .onFailure(SharedKeySupply::opensNeverAgain)
        // No reason not to seal with a fresh one.
        .recoverWithNull()
        .flatMap(key -> key == null ? Uni.createFrom().item(false) : reserveOn(key));
  }

  private static boolean opensNeverAgain(Throwable failure) {
    return failure instanceof KmsFailure kms && !kms.retryable()
        || failure instanceof UnsealFailure.UnknownDataKey;
  }

  /** Only now is a part of its count this replica's. */
  private Uni<Boolean> reserveOn(HeldKey key) {
    Instant now = context.clock().instant();
    return context
        .store()
        .takeOver(key.id(), block, limit, now.plus(sealFor), now)
        .map(
            until -> {
              if (until.isEmpty()) {
                key.release();
                return false;
              }
              use(key, Duration.between(now, until.get()));
              return true;
            })
        .onFailure()
        .invoke(key::release);
  }

  private Uni<Void> makeFirst(KeyRef kek) {
    Instant until = context.clock().instant().plus(sealFor);
    return context
        .maker()
        .make(organization, KeyPurpose.VALUES, kek, block, until)
        .invoke(
            key -> {
              context.made(key);
              use(key, sealFor);
            })
        .replaceWithVoid();
  }

  private Uni<Void> makeNext() {
    if (hasNext()) {
      return done();
    }
    return context
        .kek(organization)
        .flatMap(kek -> context.maker().make(organization, KeyPurpose.VALUES, kek, block, null))
        .invoke(this::keep)
        .replaceWithVoid();
  }

  private synchronized boolean hasNext() {
    return next != null;
  }

  private synchronized void use(HeldKey key, Duration time) {
    drop(current);
    current = new Ration(key, block, context.nanos() + time.toNanos());
    dropIfClosed();
  }

  private synchronized void keep(HeldKey key) {
    context.made(key);
    next = new Ration(key, block, Long.MAX_VALUE);
    dropIfClosed();
  }

  @Override
  public synchronized void close() {
    closed = true;
    dropIfClosed();
  }

  private void dropIfClosed() {
    if (closed) {
      drop(current);
      drop(next);
      current = null;
      next = null;
    }
  }

  private static void drop(@Nullable Ration ration) {
    if (ration != null) {
      ration.key().release();
    }
  }

  private static Uni<Void> done() {
    return Uni.createFrom().voidItem();
  }
}
