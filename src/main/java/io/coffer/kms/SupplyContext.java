package io.coffer.kms;

import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * What every organization's supply of keys works with.
 *
 * @param ticker in nanoseconds
 * @param onMade is shown every key that was made, to keep it for reading
 * @param opener gives a stored key by its id, held for the subscriber: the one that reads go by, if
 *     it is in memory or being opened already
 */
record SupplyContext(
    KeyMaker maker,
    DataKeyStore store,
    Keks keks,
    Clock clock,
    LongSupplier ticker,
    Consumer<HeldKey> onMade,
    Function<UUID, Uni<HeldKey>> opener,
    KeyMetrics metrics) {

  long nanos() {
    return ticker.getAsLong();
  }

  Uni<KeyRef> kek(UUID organization) {
    return keks.of(organization);
  }

  void made(HeldKey key) {
    onMade.accept(key);
  }

  Uni<HeldKey> open(UUID dataKey) {
    return opener.apply(dataKey);
  }

  /** Runs work that nobody waits for; its failure is counted. */
  void inBackground(Uni<Void> work) {
    work.subscribe().with(_ -> {}, metrics::refillFailed);
  }
}
