package io.coffer.activity;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import io.vertx.sqlclient.impl.ArrayTuple;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Events linked to the end of a chain, as one statement writes them: an array per column.
 *
 * @param head the chain's head once they are durable
 * @param size how many
 * @param parameters of {@link #INSERT}
 */
record LinkedGroup(ChainHead head, int size, Tuple parameters) {

  /**
   * The longest time that may pass between the building of a group and the statement that writes
   * it, so that whoever exports events knows from when on no earlier ones can come.
   */
  static final int MAX_AGE_SECONDS = 20;

  /** Writes a group, unless it has become too old. */
  static final String INSERT =
      "insert into activity (writer, month, time, sequence, id, hash, happened_at, actor_issuer,"
          + " actor_subject, actor_kind, organization, target_kind, target_id, target_version,"
          + " target_revision, action, outcome, reason, request_id, client_address, face, details)"
          + " select $1, $2, $3, $4 + e.place, e.id, e.hash, e.happened_at, e.actor_issuer,"
          + " e.actor_subject, e.actor_kind, e.organization, e.target_kind, e.target_id,"
          + " e.target_version, e.target_revision, e.action, e.outcome, e.reason, e.request_id,"
          + " e.client_address, e.face, e.details"
          + " from unnest($5::uuid[], $6::bytea[], $7::timestamptz[], $8::text[], $9::text[],"
          + " $10::text[], $11::uuid[], $12::text[], $13::uuid[], $14::int[], $15::bigint[],"
          + " $16::text[], $17::text[], $18::text[], $19::text[], $20::text[], $21::text[],"
          + " $22::text[]) with ordinality as e (id, hash, happened_at, actor_issuer,"
          + " actor_subject, actor_kind, organization, target_kind, target_id, target_version,"
          + " target_revision, action, outcome, reason, request_id, client_address, face, details,"
          + " place) where $3 > clock_timestamp() - interval '"
          + MAX_AGE_SECONDS
          + " seconds'";

  /**
   * Links events behind the head of a chain.
   *
   * @param time of the whole group, in microseconds since 1970
   */
  static LinkedGroup link(ChainHead after, List<EventContent> events, long time, Hashes hashes) {
    int size = events.size();
    UUID[] ids = new UUID[size];
    Buffer[] links = new Buffer[size];
    byte[] hash = after.hash();
    for (int i = 0; i < size; i++) {
      long sequence = after.sequence() + 1 + i;
      ids[i] = StoredEvent.idOf(after.writer(), sequence, time);
      hash = hashes.link(hash, after.writer(), sequence, ids[i], time, events.get(i));
      links[i] = Buffer.buffer(hash);
    }
    LocalDate month = StoredEvent.monthOf(time);
    Tuple parameters = new ArrayTuple(22);
    parameters.addUUID(after.writer()).addLocalDate(month).addOffsetDateTime(at(time));
    parameters.addLong(after.sequence()).addArrayOfUUID(ids).addArrayOfBuffer(links);
    addContent(parameters, events);
    return new LinkedGroup(
        new ChainHead(after.writer(), after.sequence() + size, hash, time, after.before()),
        size,
        parameters);
  }

  private static void addContent(Tuple to, List<EventContent> events) {
    addTimes(to, events);
    addTexts(to, events, EventContent::actorIssuer);
    addTexts(to, events, EventContent::actorSubject);
    addTexts(to, events, EventContent::actorKind);
    to.addValue(column(events, EventContent::organization, new UUID[events.size()]));
    addTexts(to, events, EventContent::targetKind);
    to.addValue(column(events, EventContent::targetId, new UUID[events.size()]));
    to.addValue(column(events, EventContent::targetVersion, new Integer[events.size()]));
    to.addValue(column(events, EventContent::targetRevision, new Long[events.size()]));
    addTexts(to, events, EventContent::action);
    addTexts(to, events, EventContent::outcome);
    addTexts(to, events, EventContent::reason);
    addTexts(to, events, EventContent::requestId);
    addTexts(to, events, EventContent::clientAddress);
    addTexts(to, events, EventContent::face);
    addTexts(to, events, EventContent::details);
  }

  private static void addTimes(Tuple to, List<EventContent> events) {
    OffsetDateTime[] times = new OffsetDateTime[events.size()];
    for (int i = 0; i < times.length; i++) {
      times[i] = at(events.get(i).happenedAt());
    }
    to.addValue(times);
  }

  private static void addTexts(
      Tuple to, List<EventContent> events, Function<EventContent, @Nullable String> field) {
    to.addValue(column(events, field, new String[events.size()]));
  }

  private static <T> @Nullable T[] column(
      List<EventContent> events, Function<EventContent, @Nullable T> field, @Nullable T[] into) {
    for (int i = 0; i < into.length; i++) {
      into[i] = field.apply(events.get(i));
    }
    return into;
  }

  static OffsetDateTime at(long micros) {
    return EventContent.instant(micros).atOffset(ZoneOffset.UTC);
  }
}
