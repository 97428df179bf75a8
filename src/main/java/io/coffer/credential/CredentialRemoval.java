package io.coffer.credential;

import io.coffer.access.Caller;
import io.coffer.access.Right;
import io.coffer.credential.CredentialRepository.Found;
import io.coffer.credential.CredentialRepository.Stage;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Supplier;

/** Deletes credentials so that they can come back, brings them back, and purges them for good. */
@ApplicationScoped
class CredentialRemoval {

  private static final int ATTEMPTS = 5;

  /** A preview tells of the uses of so many days. */
  private static final int PREVIEW_DAYS = 30;

  private final CredentialReading reading;
  private final CredentialWriter writer;
  private final ContentSealing sealing;
  private final CredentialHistory history;
  private final Clock clock;

  CredentialRemoval(
      CredentialReading reading,
      CredentialWriter writer,
      ContentSealing sealing,
      CredentialHistory history,
      Clock clock) {
    this.reading = reading;
    this.writer = writer;
    this.sealing = sealing;
    this.history = history;
    this.clock = clock;
  }

  /**
   * A credential that was deleted.
   *
   * @param dependents what referred to it
   */
  record Deleted(Typed credential, List<Dependent> dependents) {}

  /** What a deletion would meet, without it; {@code refusal} tells why it would be refused. */
  Uni<CredentialUsageView> preview(
      Caller caller, UUID id, boolean purge, OptionalLong expected, Optional<Duration> unusedFor) {
    return reading
        .at(purge ? Stage.UNPURGED : Stage.LIVE, caller, id, Right.ADMIN)
        .flatMap(
            current -> {
              CredentialEntity row = current.found().row();
              CredentialChange.requireRevision(row, expected);
              return history
                  .usage(id, row, PREVIEW_DAYS)
                  .flatMap(
                      usage ->
                          requireUnused(row, unusedFor)
                              .map(_ -> usage)
                              .onFailure(CredentialFailure.Refused.class)
                              .recoverWithItem(failure -> usage.refused(failure.getMessage())));
            });
  }

  /**
   * Deletes the credential; its name is free at once.
   *
   * @param unusedFor refuse if it was used within this time; empty: delete anyway
   */
  Uni<Deleted> delete(Caller caller, UUID id, OptionalLong expected, Optional<Duration> unusedFor) {
    return again(
        () ->
            reading
                .live(caller, id, Right.ADMIN)
                .flatMap(
                    current -> {
                      CredentialEntity read = current.found().row();
                      CredentialChange.requireRevision(read, expected);
                      return requireUnused(read, unusedFor)
                          .chain(() -> history.dependents(read))
                          .flatMap(
                              dependents ->
                                  writer
                                      .change(read, Deed.of(caller, "delete"), this::markDeleted)
                                      .map(row -> new Deleted(changed(current, row), dependents)));
                    }));
  }

  /**
   * Brings a deleted credential back.
   *
   * @param name its name from now on; empty: the one it had
   */
  Uni<Typed> restore(Caller caller, UUID id, Optional<String> name) {
    return again(
        () ->
            reading
                .at(Stage.DELETED, caller, id, Right.ADMIN)
                .flatMap(
                    current ->
                        writer.change(
                            current.found().row(),
                            Deed.of(caller, "restore"),
                            row -> {
                              row.deletedAt = null;
                              name.ifPresent(text -> rename(row, text));
                            }))
                // The decision gives other rights over a live row than over a deleted one.
                .chain(row -> reading.live(caller, row.id, Right.ADMIN)));
  }

  /** Erases the sealed value of a credential, deleted or not; what is left is who and when. */
  Uni<Void> purge(Caller caller, UUID id, OptionalLong expected, Optional<Duration> unusedFor) {
    return again(
        () ->
            reading
                .at(Stage.UNPURGED, caller, id, Right.ADMIN)
                .flatMap(
                    current -> {
                      CredentialEntity read = current.found().row();
                      CredentialChange.requireRevision(read, expected);
                      byte[] sealed = read.sealed;
                      return requireUnused(read, unusedFor)
                          .chain(
                              () ->
                                  writer.change(
                                      read,
                                      Deed.of(caller, "purge"),
                                      session -> CredentialShares.drop(session, id),
                                      this::erase))
                          .chain(
                              () ->
                                  sealed == null
                                      ? Uni.createFrom().voidItem()
                                      : sealing.destroyKeyOf(sealed));
                    }));
  }

  /** The record knows every use, on whichever replica it was. */
  private Uni<Void> requireUnused(CredentialEntity row, Optional<Duration> time) {
    if (time.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    Instant since = clock.instant().minus(time.get());
    return history
        .lastUse(row.id)
        .invoke(
            used -> {
              Instant noted = row.lastUsedAt == null ? Instant.MIN : row.lastUsedAt;
              if (used.orElse(noted).isAfter(since) || noted.isAfter(since)) {
                throw new CredentialFailure.Refused(
                    "The credential was used within the given time.");
              }
            })
        .replaceWithVoid();
  }

  private void markDeleted(CredentialEntity row) {
    row.deletedAt = clock.instant().truncatedTo(ChronoUnit.MICROS);
    row.isDefault = false;
  }

  private void erase(CredentialEntity row) {
    if (row.deletedAt == null) {
      markDeleted(row);
    }
    row.purgedAt = clock.instant().truncatedTo(ChronoUnit.MICROS);
    row.sealed = null;
    row.dataKey = null;
    row.maskedContent = "";
    row.secretIds = new String[0];
    row.plain = Map.of();
  }

  private static void rename(CredentialEntity row, String name) {
    row.name = name;
    if (row.nameKey != null && NameKey.isNative(row.nameKey)) {
      row.nameKey = NameKey.of(row.type, name);
    }
  }

  private static Typed changed(Typed before, CredentialEntity row) {
    return new Typed(new Found(row, before.found().rights()), before.type());
  }

  private static <T> Uni<T> again(Supplier<Uni<T>> attempt) {
    return Uni.createFrom()
        .deferred(() -> attempt.get())
        .onFailure(CredentialWriter.Outrun.class)
        .retry()
        .atMost(ATTEMPTS);
  }
}
