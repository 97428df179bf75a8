package io.coffer.activity.verify;

import io.coffer.activity.EventContent;
import io.coffer.activity.Hashes;
import io.coffer.activity.StoredEvent;
import io.coffer.activity.Stub;
import io.coffer.activity.verify.Finding.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Follows the links of chains, whose events come in the order of writer and sequence. */
final class ChainCheck {

  /** The action of the event that every chain begins with. */
  private static final String STARTED = "chain_started";

  private final Tally tally;
  private final Map<UUID, Stub> stubs;
  private final Map<UUID, Long> bound;
  private final Hashes hashes = new Hashes();
  private final List<Named> named = new ArrayList<>();
  private @Nullable UUID writer;
  private long expected;
  private byte[] head = Hashes.beginning();

  /** The head of an earlier chain, as the first event of a later one names it. */
  record Named(UUID by, UUID writer, long sequence, byte[] hash) {}

  /**
   * @param stubs the last stub of each chain that has one
   * @param bound up to where checkpoints bind each chain
   */
  ChainCheck(Tally tally, Map<UUID, Stub> stubs, Map<UUID, Long> bound) {
    this.tally = tally;
    this.bound = bound;
    this.stubs = stubs;
  }

  void accept(StoredEvent event) {
    tally.events++;
    if (event.sequence() > bound.getOrDefault(event.writer(), 0L)) {
      tally.unbound++;
    }
    if (!event.writer().equals(writer)) {
      begin(event.writer());
    }
    if (event.sequence() != expected) {
      tally.chain(
          Kind.MISSING,
          event.writer(),
          expected,
          "events " + expected + " to " + (event.sequence() - 1) + " are missing");
    } else if (!fits(event, head, hashes)) {
      tally.chain(Kind.EDITED, event.writer(), event.sequence(), "the event does not fit its hash");
    } else if (event.sequence() == 1) {
      first(event);
    }
    expected = event.sequence() + 1;
    head = event.hash();
  }

  /** The heads that later chains name, to be looked up. */
  List<Named> named() {
    return named;
  }

  /** Whether the event is what its writer linked behind that hash. */
  static boolean fits(StoredEvent event, byte[] previous, Hashes hashes) {
    EventContent content = event.content();
    byte[] link =
        hashes.link(previous, event.writer(), event.sequence(), event.id(), event.time(), content);
    return Arrays.equals(link, event.hash())
        && event.month().equals(StoredEvent.monthOf(event.time()));
  }

  private void begin(UUID next) {
    writer = next;
    tally.chains++;
    Stub stub = stubs.get(next);
    expected = stub == null ? 1 : stub.last() + 1;
    head = stub == null ? Hashes.beginning() : stub.hash();
  }

  private void first(StoredEvent event) {
    SortedMap<String, String> details = event.content().detailsByName();
    String before = details.get("after_writer");
    String sequence = details.get("after_sequence");
    String hash = details.get("after_hash");
    if (!event.content().action().equals(STARTED)) {
      tally.chain(Kind.EDITED, event.writer(), 1, "the chain does not begin with its start");
    } else if (before != null && sequence != null && hash != null) {
      // The event fits its hash, so that the service wrote these.
      named.add(
          new Named(
              event.writer(),
              UUID.fromString(before),
              Long.parseLong(sequence),
              HexFormat.of().parseHex(hash)));
    }
  }
}
