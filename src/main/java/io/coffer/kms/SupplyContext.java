package io.coffer.kms;

import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What every organization's supply of keys works with.
 *
 * @param ticker in nanoseconds
 * @param onOpened is shown every key that was made or opened, to keep it for reading
 */
record SupplyContext(
    KeyMaker maker,
    DataKeyStore store,
    Keks keks,
    Clock clock,
    LongSupplier ticker,
    Consumer<HeldKey> onOpened,
    KeyMetrics metrics) {

  long nanos() {
    return ticker.getAsLong();
  }

  Uni<KeyRef> kek(UUID organization) {
    return keks.of(organization);
  }

  void opened(HeldKey key) {
    onOpened.accept(key);
  }

  /** Runs work that nobody waits for; its failure is counted. */
  void inBackground(Uni<Void> work) {
    work.subscribe().with(_ -> {}, metrics::refillFailed);
  }
}
