package io.coffer.activity;

import io.coffer.access.AccessEvent;
import io.coffer.access.AccessEvent.Outcome;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The last event of a chain that is known to be durable.
 *
 * @param writer whose chain
 * @param sequence its place; 0: nothing is durable yet
 * @param hash its hash
 * @param time its time in microseconds since 1970; later events have no earlier one
 * @param before the head of the chain that this one goes on from; null: the first of its process
 */
record ChainHead(UUID writer, long sequence, byte[] hash, long time, @Nullable ChainHead before) {

  /** The action of the event that every chain begins with. */
  static final String STARTED = "chain_started";

  static ChainHead first() {
    return new ChainHead(UUID.randomUUID(), 0, Hashes.beginning(), 0, null);
  }

  /** A new chain after this one, of which some event may become durable yet. */
  ChainHead next() {
    // A chain of which nothing is durable is not worth being named.
    ChainHead last = sequence == 0 ? before : new ChainHead(writer, sequence, hash, time, null);
    return new ChainHead(UUID.randomUUID(), 0, Hashes.beginning(), time, last);
  }

  boolean isNew() {
    return sequence == 0;
  }

  /**
   * The event that this chain begins with: it names the head of the one before.
   *
   * @param settings under which its process records
   */
  EventContent start(Instant now, Map<String, String> settings) {
    Map<String, String> details = new TreeMap<>(settings);
    if (before != null) {
      details.put("after_writer", before.writer().toString());
      details.put("after_sequence", Long.toString(before.sequence()));
      details.put("after_hash", String.valueOf(StoredEvent.hex(before.hash())));
    }
    return EventContent.of(AccessEvent.byCoffer(STARTED, now, Outcome.DONE).with(details));
  }
}
