package io.coffer.activity;

import io.vertx.mutiny.sqlclient.Row;

/** Reads events out of rows of the reactive client. */
final class EventRows {

  private EventRows() {}

  static StoredEvent read(Row row) {
    return new StoredEvent(
        row.getUUID("writer"),
        row.getLong("sequence"),
        row.getLocalDate("month"),
        row.getUUID("id"),
        EventContent.micros(row.getOffsetDateTime("time").toInstant()),
        new EventContent(
            EventContent.micros(row.getOffsetDateTime("happened_at").toInstant()),
            row.getString("actor_issuer"),
            row.getString("actor_subject"),
            row.getString("actor_kind"),
            row.getUUID("organization"),
            row.getString("target_kind"),
            row.getUUID("target_id"),
            row.getInteger("target_version"),
            row.getLong("target_revision"),
            row.getString("action"),
            row.getString("outcome"),
            row.getString("reason"),
            row.getString("request_id"),
            row.getString("client_address"),
            row.getString("face"),
            row.getString("details")),
        CheckpointStore.bytes(row, "hash"));
  }
}
