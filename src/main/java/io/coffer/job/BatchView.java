package io.coffer.job;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A batch of checks as whoever ordered it sees it. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@Schema(name = "ValidationBatch")
record BatchView(
    UUID id,
    @Schema(description = "waiting, running, done or cancelled") String state,
    @Schema(description = "How many credentials there are to check") long total,
    @Schema(description = "Of how many something is known") long done,
    long valid,
    long invalid,
    long unknown,
    long notProbed,
    @Schema(description = "Why it rests; null: it does not") @Nullable String waitsFor,
    Instant createdAt,
    @Nullable Instant finishedAt) {

  /** What came of one credential. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  @Schema(name = "ValidationOutcome")
  record Item(
      @Schema(description = "Numbers the outcomes of a batch; the id of its event") long sequence,
      UUID credential,
      String verdict,
      String reason,
      @Nullable Boolean usable,
      Instant checkedAt) {

    static Item of(Row row) {
      return new Item(
          row.getLong("sequence"),
          row.getUUID("credential"),
          row.getString("verdict"),
          row.getString("reason"),
          row.getBoolean("usable"),
          row.getOffsetDateTime("checked_at").toInstant());
    }
  }

  /** A page of outcomes, in the order in which they came. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  @Schema(name = "ValidationOutcomes")
  record Items(
      List<Item> items,
      @Schema(description = "Where the next page starts; null if nothing more is known yet")
          @Nullable String nextCursor) {}

  boolean isOver() {
    return finishedAt != null;
  }

  static BatchView of(Row row) {
    OffsetDateTime finishedAt = row.getOffsetDateTime("finished_at");
    return new BatchView(
        row.getUUID("id"),
        Boolean.TRUE.equals(row.getBoolean("cancelled"))
            ? "cancelled"
            : Objects.requireNonNull(row.getString("state")),
        row.getLong("total"),
        row.getLong("done"),
        row.getLong("valid"),
        row.getLong("invalid"),
        row.getLong("unknown"),
        row.getLong("not_probed"),
        row.getString("waits_for"),
        row.getOffsetDateTime("created_at").toInstant(),
        finishedAt == null ? null : finishedAt.toInstant());
  }
}
