package io.coffer.kms;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.smallrye.mutiny.Uni;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The keys to seal with, of all organizations that this replica has seen lately. */
final class SealingKeys {

  /** In strict mode many may wait for one refill; each round serves as many as it made keys. */
  private static final int ROUNDS = 64;

  private final SupplyContext context;
  private final KeysConfig config;
  private final Single<UUID, Void> refills = new Single<>();
  private final Cache<UUID, Supplied> organizations;

  /** An organization's supply and the last trouble with it. */
  private static final class Supplied {
    final KeySupply supply;
    volatile @Nullable Throwable trouble;
    volatile long troubleAt;

    Supplied(KeySupply supply) {
      this.supply = supply;
    }
  }

  SealingKeys(SupplyContext context, KeysConfig config) {
    this.context = context;
    this.config = config;
    this.organizations =
        Caffeine.newBuilder()
            .maximumSize(config.maxOrganizations())
            .expireAfterAccess(config.keepFor())
            .ticker(context.ticker()::getAsLong)
            .executor(Runnable::run)
            .removalListener(SealingKeys::letGo)
            .build();
  }

  private static void letGo(
      @Nullable UUID organization, @Nullable Supplied supplied, RemovalCause cause) {
    if (supplied != null) {
      supplied.supply.close();
    }
  }

  /** A key for one value, held for the subscriber: at once if keys are at hand. */
  Uni<HeldKey> next(UUID organization) {
    return Uni.createFrom().deferred(() -> next(organization, ROUNDS));
  }

  /** Makes keys ahead if there are none, and answers when a seal would not have to wait. */
  Uni<Void> prepare(UUID organization) {
    return Uni.createFrom()
        .deferred(
            () -> {
              Supplied supplied = of(organization);
              Uni<Void> ready =
                  supplied.supply.hasKeys()
                      ? Uni.createFrom().voidItem()
                      : refill(organization, supplied);
              return ready.invoke(() -> refillInBackground(organization, supplied));
            });
  }

  void clear() {
    organizations.invalidateAll();
    organizations.cleanUp();
  }

  private Uni<HeldKey> next(UUID organization, int rounds) {
    Supplied supplied = of(organization);
    HeldKey key = supplied.supply.poll();
    if (key != null) {
      refillInBackground(organization, supplied);
      return supplied
          .supply
          .claim(key)
          .flatMap(claimed -> claimed ? Uni.createFrom().item(key) : next(organization, rounds));
    }
    Throwable recent = recentTrouble(supplied);
    if (recent != null) {
      return Uni.createFrom().failure(recent);
    }
    if (rounds == 0) {
      return Uni.createFrom().failure(KeyFailure.Busy::new);
    }
    return refill(organization, supplied)
        .onFailure()
        // A refill that failed halfway may have made a key all the same.
        .recoverWithUni(failure -> pollOrFail(supplied, failure))
        .chain(() -> next(organization, rounds - 1));
  }

  private static Uni<Void> pollOrFail(Supplied supplied, Throwable failure) {
    return supplied.supply.hasKeys()
        ? Uni.createFrom().voidItem()
        : Uni.createFrom().failure(failure);
  }

  private void refillInBackground(UUID organization, Supplied supplied) {
    if (supplied.supply.isLow()
        && !refills.isRunning(organization)
        && recentTrouble(supplied) == null) {
      refill(organization, supplied)
          .subscribe()
          .with(_ -> {}, failure -> context.metrics().refillFailed(failure));
    }
  }

  private Uni<Void> refill(UUID organization, Supplied supplied) {
    return refills.run(
        organization,
        () ->
            supplied
                .supply
                .refill()
                .invoke(() -> supplied.trouble = null)
                .onFailure()
                .invoke(
                    failure -> {
                      supplied.troubleAt = context.nanos();
                      supplied.trouble = failure;
                    }));
  }

  private @Nullable Throwable recentTrouble(Supplied supplied) {
    Throwable trouble = supplied.trouble;
    return trouble != null
            && context.nanos() - supplied.troubleAt < config.pauseAfterFailure().toNanos()
        ? trouble
        : null;
  }

  private Supplied of(UUID organization) {
    return organizations.get(
        organization,
        id ->
            new Supplied(
                switch (config.reuse()) {
                  case ORGANIZATION -> new SharedKeySupply(id, context, config);
                  case NONE -> new SingleUseSupply(id, context, config);
                }));
  }
}
