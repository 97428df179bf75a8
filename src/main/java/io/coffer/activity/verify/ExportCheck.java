package io.coffer.activity.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.coffer.activity.Checkpoint.Head;
import io.coffer.activity.Hashes;
import io.coffer.activity.StoredEvent;
import io.coffer.activity.verify.Finding.Kind;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Verifies an export: each event fits the hash that stands with it, and events that follow each
 * other in their chain are linked. An export has the events of one organization; those of others
 * between them are not missing.
 */
final class ExportCheck {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Tally tally = new Tally();
  private final Hashes hashes = new Hashes();
  private final Map<UUID, Last> chains = new HashMap<>();
  private final Map<String, byte[]> bound = new HashMap<>();

  /** The last event of a chain so far. */
  private record Last(long sequence, byte[] hash) {}

  /**
   * @param outside what the events must agree with, as far as they are in the export
   */
  ExportCheck(List<OutsideCheckpoint> outside) {
    for (OutsideCheckpoint checkpoint : outside) {
      for (Head head : checkpoint.heads()) {
        bound.put(head.writer() + ":" + head.sequence(), head.hash());
      }
    }
  }

  Report run(Stream<String> lines) {
    boolean[] readable = {true};
    lines
        .filter(line -> !line.isBlank())
        .forEach(
            line -> {
              try {
                accept(MAPPER.readTree(line));
              } catch (JsonProcessingException
                  | IllegalArgumentException
                  | DateTimeException
                  | ArithmeticException e) {
                readable[0] = false;
              }
            });
    tally.chains = chains.size();
    return tally.report(readable[0]);
  }

  private void accept(JsonNode line) {
    StoredEvent event = ExportedEvent.read(line);
    byte @Nullable [] stated =
        line.path("previous").isTextual()
            ? HexFormat.of().parseHex(line.path("previous").textValue())
            : null;
    Last last = chains.get(event.writer());
    tally.events++;
    if (last != null && event.sequence() <= last.sequence()) {
      found(Kind.EDITED, event, "the event is not in its place");
    } else if (last != null
        && last.sequence() + 1 == event.sequence()
        && !Arrays.equals(last.hash(), stated)) {
      found(Kind.EDITED, event, "the event does not follow the one before it");
    } else if (event.sequence() == 1 && !Arrays.equals(Hashes.beginning(), stated)) {
      found(Kind.EDITED, event, "the chain does not begin here");
    } else if (stated != null && !ChainCheck.fits(event, stated, hashes)) {
      found(Kind.EDITED, event, "the event does not fit its hash");
    } else {
      compare(event);
    }
    chains.put(event.writer(), new Last(event.sequence(), event.hash()));
  }

  private void compare(StoredEvent event) {
    byte[] kept = bound.get(event.place());
    if (kept != null && !Arrays.equals(kept, event.hash())) {
      found(Kind.REWRITTEN, event, "the event is not the one that a checkpoint bound");
    } else if (kept == null) {
      tally.unbound++;
    }
  }

  private void found(Kind kind, StoredEvent event, String message) {
    tally.chain(kind, event.writer(), event.sequence(), message);
  }
}
