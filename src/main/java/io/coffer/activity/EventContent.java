package io.coffer.activity;

import io.coffer.access.AccessEvent;
import io.coffer.access.Actor;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an event says, as its columns hold it; what a row holds that was edited by hand too.
 *
 * @param happenedAt when it happened, in microseconds since 1970
 * @param details lines of {@code name=value} in the order of the names; null: none
 */
public record EventContent(
    long happenedAt,
    @Nullable String actorIssuer,
    @Nullable String actorSubject,
    @Nullable String actorKind,
    @Nullable UUID organization,
    @Nullable String targetKind,
    @Nullable UUID targetId,
    @Nullable Integer targetVersion,
    @Nullable Long targetRevision,
    String action,
    String outcome,
    @Nullable String reason,
    @Nullable String requestId,
    @Nullable String clientAddress,
    @Nullable String face,
    @Nullable String details) {

  private static final String[] KINDS = lower(Actor.Kind.values());
  private static final String[] OUTCOMES = lower(AccessEvent.Outcome.values());

  static EventContent of(AccessEvent event) {
    Actor actor = event.actor();
    AccessEvent.Target target = event.target();
    AccessEvent.Origin origin = event.origin();
    return new EventContent(
        micros(event.time()),
        actor == null ? null : storable(actor.issuer()),
        actor == null ? null : storable(actor.subject()),
        actor == null ? null : KINDS[actor.kind().ordinal()],
        event.organization(),
        target == null ? null : target.kind(),
        target == null ? null : target.id(),
        target == null ? null : target.version(),
        target == null ? null : target.revision(),
        event.action(),
        OUTCOMES[event.outcome().ordinal()],
        event.reason(),
        origin.requestId(),
        origin.clientAddress(),
        origin.face(),
        lines(event.details()));
  }

  /** The details by name; what is no line of a name and a value is left out. */
  public SortedMap<String, String> detailsByName() {
    if (details == null) {
      return Collections.emptySortedMap();
    }
    SortedMap<String, String> byName = new TreeMap<>();
    for (String line : details.split("\n", -1)) {
      int end = line.indexOf('=');
      if (end > 0) {
        byName.put(line.substring(0, end), line.substring(end + 1));
      }
    }
    return byName;
  }

  /** Microseconds since 1970: what PostgreSQL keeps of a time. */
  public static long micros(Instant time) {
    return Math.addExact(
        Math.multiplyExact(time.getEpochSecond(), 1_000_000L),
        time.getLong(ChronoField.MICRO_OF_SECOND));
  }

  public static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), 1000L * Math.floorMod(micros, 1_000_000L));
  }

  // Neither alphabet of codes has an equals sign or a line's end.
  private static @Nullable String lines(SortedMap<String, String> details) {
    if (details.isEmpty()) {
      return null;
    }
    StringBuilder lines = new StringBuilder();
    for (Map.Entry<String, String> detail : details.entrySet()) {
      lines.append(lines.isEmpty() ? "" : "\n");
      lines.append(detail.getKey()).append('=').append(detail.getValue());
    }
    return lines.toString();
  }

  /** PostgreSQL refuses U+0000, and would refuse the whole group with it. */
  private static String storable(String text) {
    return text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
  }

  private static String[] lower(Enum<?>[] values) {
    String[] names = new String[values.length];
    for (Enum<?> value : values) {
      names[value.ordinal()] = value.name().toLowerCase(Locale.ROOT);
    }
    return names;
  }
}
