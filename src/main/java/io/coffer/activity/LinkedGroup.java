package io.coffer.activity;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import io.vertx.sqlclient.impl.ArrayTuple;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Events linked to the end of a chain, as one statement writes them.
 *
 * @param head the chain's head once they are durable
 * @param size how many
 * @param sql the statement
 * @param parameters of the statement
 */
record LinkedGroup(ChainHead head, int size, String sql, Tuple parameters) {

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
    boolean small = size <= GroupSql.SMALL;
    int width = small ? size * GroupSql.PER_EVENT : GroupSql.PER_EVENT;
    Tuple parameters = new ArrayTuple(GroupSql.PER_GROUP + width);
    parameters.addUUID(after.writer()).addLocalDate(StoredEvent.monthOf(time));
    parameters.addOffsetDateTime(at(time)).addLong(after.sequence());
    if (small) {
      addEvents(parameters, events, ids, links);
    } else {
      addColumns(parameters.addArrayOfUUID(ids).addArrayOfBuffer(links), events);
    }
    return new LinkedGroup(
        new ChainHead(after.writer(), after.sequence() + size, hash, time, after.before()),
        size,
        GroupSql.of(size),
        parameters);
  }

  /** One event after the other, each in the order of the columns. */
  private static void addEvents(Tuple to, List<EventContent> events, UUID[] ids, Buffer[] links) {
    for (int i = 0; i < ids.length; i++) {
      EventContent event = events.get(i);
      to.addUUID(ids[i]).addBuffer(links[i]).addOffsetDateTime(at(event.happenedAt()));
      to.addString(event.actorIssuer()).addString(event.actorSubject());
      to.addString(event.actorKind()).addUUID(event.organization());
      to.addString(event.targetKind()).addUUID(event.targetId());
      to.addInteger(event.targetVersion()).addLong(event.targetRevision());
      to.addString(event.action()).addString(event.outcome()).addString(event.reason());
      to.addString(event.requestId()).addString(event.clientAddress());
      to.addString(event.face()).addString(event.details());
    }
  }

  /** One column after the other. */
  private static void addColumns(Tuple to, List<EventContent> events) {
    int size = events.size();
    to.addValue(column(events, event -> at(event.happenedAt()), new OffsetDateTime[size]));
    addTexts(to, events, EventContent::actorIssuer);
    addTexts(to, events, EventContent::actorSubject);
    addTexts(to, events, EventContent::actorKind);
    to.addValue(column(events, EventContent::organization, new UUID[size]));
    addTexts(to, events, EventContent::targetKind);
    to.addValue(column(events, EventContent::targetId, new UUID[size]));
    to.addValue(column(events, EventContent::targetVersion, new Integer[size]));
    to.addValue(column(events, EventContent::targetRevision, new Long[size]));
    addTexts(to, events, EventContent::action);
    addTexts(to, events, EventContent::outcome);
    addTexts(to, events, EventContent::reason);
    addTexts(to, events, EventContent::requestId);
    addTexts(to, events, EventContent::clientAddress);
    addTexts(to, events, EventContent::face);
    addTexts(to, events, EventContent::details);
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
