package io.coffer.credential;

import io.coffer.access.Caller;
import io.coffer.access.Right;
import io.coffer.credential.CredentialRepository.Found;
import io.coffer.credential.CredentialRepository.Stage;
import io.coffer.credential.use.LastUses;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Supplier;

/** Deletes credentials so that they can come back, brings them back, and purges them for good. */
@ApplicationScoped
class CredentialRemoval {

  private static final int ATTEMPTS = 5;

  private final CredentialReading reading;
  private final CredentialWriter writer;
  private final ContentSealing sealing;
  private final LastUses lastUses;
  private final Clock clock;

  CredentialRemoval(
      CredentialReading reading,
      CredentialWriter writer,
      ContentSealing sealing,
      LastUses lastUses,
      Clock clock) {
    this.reading = reading;
    this.writer = writer;
    this.sealing = sealing;
    this.lastUses = lastUses;
    this.clock = clock;
  }

  /**
   * Deletes the credential; its name is free at once.
   *
   * @param unusedFor refuse if it was used within this time; empty: delete anyway
   */
  Uni<Typed> delete(Caller caller, UUID id, OptionalLong expected, Optional<Duration> unusedFor) {
    return again(
        () ->
            reading
                .live(caller, id, Right.ADMIN)
                .flatMap(
                    current -> {
                      CredentialEntity read = current.found().row();
                      CredentialChange.requireRevision(read, expected);
                      unusedFor.ifPresent(time -> requireUnused(read, time));
                      return writer
                          .change(read, this::markDeleted)
                          .map(row -> changed(current, row));
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
                      unusedFor.ifPresent(time -> requireUnused(read, time));
                      byte[] sealed = read.sealed;
                      return writer
                          .change(read, session -> CredentialShares.drop(session, id), this::erase)
                          .chain(
                              () ->
                                  sealed == null
                                      ? Uni.createFrom().voidItem()
                                      : sealing.destroyKeyOf(sealed));
                    }));
  }

  private void requireUnused(CredentialEntity row, Duration time) {
    Instant since = clock.instant().minus(time);
    Instant stored = row.lastUsedAt == null ? Instant.MIN : row.lastUsedAt;
    Instant last = lastUses.pending(row.id).filter(stored::isBefore).orElse(stored);
    if (last.isAfter(since)) {
      throw new CredentialFailure.Refused("The credential was used within the given time.");
    }
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
