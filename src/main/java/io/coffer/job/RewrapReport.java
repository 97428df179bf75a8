package io.coffer.job;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A re-wrap as callers see it.
 *
 * @param state {@code waiting}, {@code running} or {@code done}
 * @param total data keys under the old key when it began
 * @param done how many were moved, or in a dry run could be
 * @param failed how many could not be
 * @param remaining how many are still under the old key, whatever the reason
 * @param summary the same in words, for example {@code 0 of 12 under aws:arn:…}
 * @param waitsFor why it rests; null: it does not
 * @param failures some of what it could not do
 */
record RewrapReport(
    UUID id,
    String state,
    KeyName from,
    KeyName to,
    boolean dryRun,
    long total,
    long done,
    long failed,
    long remaining,
    String summary,
    @Nullable String waitsFor,
    Instant createdAt,
    @Nullable Instant finishedAt,
    List<Failed> failures) {

  /** A data key that could not be re-wrapped, and a code for the reason. */
  record Failed(UUID dataKey, String reason) {}

  static RewrapReport of(Job job, long remaining, List<Failed> failures) {
    RewrapOrder order = RewrapOrder.of(job.parameters());
    KeyName from = KeyName.of(order.from());
    return new RewrapReport(
        job.id(),
        job.state().wireName(),
        from,
        KeyName.of(order.to()),
        order.dryRun(),
        job.total(),
        job.done(),
        job.failed(),
        remaining,
        "%d of %d under %s".formatted(remaining, Math.max(remaining, job.total()), from.text()),
        job.waitsFor(),
        job.createdAt(),
        job.finishedAt(),
        failures);
  }
}
